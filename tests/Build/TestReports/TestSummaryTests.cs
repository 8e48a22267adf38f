using Slipway.Build.Cli.Configuration;
using Slipway.Build.Cli.GitHub;
using Slipway.Build.TestReports;

namespace Slipway.Build.Tests.TestReports;

public sealed class TestSummaryTests
{
    private static readonly Paths Paths = new(Path.GetFullPath("/repo"), Path.GetFullPath("/repo"));

    private static readonly FailedTest Failed = new("Adds", "Expected: 1\n<b>```</b>")
    {
        Stack = [new("/usr/src/nunit/Assert.cs", 9), new("/repo/tests/Build/AddTests.cs", 12), new("/repo/tests/Build/Other.cs", 1)],
    };

    private static readonly ProjectTally[] Projects =
    [
        new("Build", new(7, [Failed], []), TimeSpan.FromSeconds(61)),
        new("Registry", new(3, [], [new("Divides", "There is no divisor here.")]), TimeSpan.FromSeconds(2)),
    ];

    [Test]
    public void CountsByProject() => Assert.That(TestSummary.Report(Projects).Lines().Take(7), Is.EqualTo(new[]
    {
        "## Tests: 10 passed, 1 failed, 1 skipped", "",
        "|  | project | passed | failed | skipped | time |", "|---|---|---:|---:|---:|---:|",
        "| **FAIL** | Build | 7 | 1 | 0 | 1 min 1 s |", "| pass | Registry | 3 | 0 | 1 | 2.0 s |", "",
    }));

    [Test]
    public void ShowsWhatAFailedTestSaidAsItWas() =>
        Assert.That(string.Join('\n', TestSummary.Report(Projects).Lines()), Does.Contain("<details><summary>Failed: Adds</summary>\n\n````\nExpected: 1\n<b>```</b>\n````\n\n</details>"));

    [Test]
    public void ShowsNoMoreFailuresThanAreRead()
    {
        string[] lines = [.. TestSummary.Report([new("Build", new(0, [.. Enumerable.Repeat(Failed, 80)], []), TimeSpan.Zero)]).Lines()];

        Assert.That(lines, Has.Exactly(50).StartsWith("<details>"));
        Assert.That(lines, Does.Contain("30 more failed; the log has them all."));
    }

    [Test]
    public void ListsWhatDoesNotApply()
    {
        ProjectTally[] projects = [new("Sdk", new(1, [], []) { NotApplicable = [new("IsLikeTheOfficial", "the official package is in use.")] }, TimeSpan.Zero)];

        Assert.That(string.Join('\n', TestSummary.Report(projects).Lines()), Does.Contain("<details><summary>Not applicable: 1</summary>\n\n```\nnot applicable: the official package is in use.\n    IsLikeTheOfficial\n```"));
        Assert.That(TestSummary.Annotations(projects, Paths), Is.Empty);
    }

    [Test]
    public void AFailureStandsAtTheFirstLineOfThisRepository() =>
        Assert.That(
            TestSummary.Annotations(Projects, Paths).First(),
            Is.EqualTo(new Annotation(AnnotationLevel.Error, Failed.Message, "Adds", "tests/Build/AddTests.cs", 12)));

    [Test]
    public void AFailureElsewhereHasNoFile() =>
        Assert.That(
            TestSummary.Annotations([new("Build", new(0, [Failed with { Stack = [new("/elsewhere/A.cs", 3)] }], []), TimeSpan.Zero)], Paths).Single(),
            Is.EqualTo(new Annotation(AnnotationLevel.Error, Failed.Message, "Adds")));

    [Test]
    public void ASkippedTestIsAWarning() =>
        Assert.That(TestSummary.Annotations(Projects, Paths).Last(), Is.EqualTo(new Annotation(AnnotationLevel.Warning, "Registry: Divides: There is no divisor here.", "Skipped test")));
}
