using Slipway.Build.TestReports;

namespace Slipway.Build.Tests.TestReports;

public sealed class SlowestTestsTests
{
    [Test]
    public void NamesTheTenThatTookLongest()
    {
        var lines = SlowestTests.Lines([Project("Build", 1, 2, 3, 4, 5, 6), Project("Gateway", 0.5, 70.2, 6.5, 7, 8)]).ToList();

        Assert.That(lines, Has.Count.EqualTo(11));
        Assert.That(lines[1], Is.EqualTo("   70.2 s  Gateway: Test1"));
        Assert.That(lines[^1], Is.EqualTo("    1.0 s  Build: Test0"));
    }

    [Test]
    public void SayNothingWhereNothingRan() => Assert.That(SlowestTests.Lines([Project("Build")]), Is.Empty);

    private static ProjectTally Project(string name, params double[] seconds) => new(name, TestTally.None, TimeSpan.Zero)
    {
        Tests = [.. seconds.Select((second, i) => new TimedTest($"Test{i}", TimeSpan.FromSeconds(second)))],
    };
}
