using Slipway.Build.TestReports;

namespace Slipway.Build.Tests.TestReports;

public sealed class SkippedTestTests
{
    [Test]
    public void EachReasonIsShownOnceWithItsTests()
    {
        SkippedTest[] tests = [new("Pushes", "Docker is not running."), new("Plans", "Terraform is missing."), new("Scans", "Docker is not running.")];

        Assert.That(
            SkippedTest.Lines("skipped", tests),
            Is.EqualTo(new[] { "skipped: Docker is not running.", "    Pushes", "    Scans", "skipped: Terraform is missing.", "    Plans" }));
    }

    [Test]
    public void NothingIsShownIfNothingWasSkipped() => Assert.That(SkippedTest.Lines("skipped", []), Is.Empty);
}
