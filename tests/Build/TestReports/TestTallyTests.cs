using Slipway.Build.TestReports;

namespace Slipway.Build.Tests.TestReports;

public sealed class TestTallyTests
{
    private static readonly TrxReport AllPassed = new(3, [], [], []);
    private static readonly TrxReport OneFailed = new(2, [new FailedTest("Subtracts", "no")], [new("Divides", "There is no divisor here.")], []);

    private static readonly CompletedRun NothingRan = new(0, null, [], []);

    [Test]
    public void CountsWhatTheReportSays()
    {
        Assert.That(Of(0, AllPassed).ToString(), Is.EqualTo("3 passed, 0 failed, 0 skipped"));
        Assert.That(Of(1, OneFailed).ToString(), Is.EqualTo("2 passed, 1 failed, 1 skipped"));
    }

    [Test]
    public void SumsOverProjects() =>
        Assert.That((Of(0, AllPassed) + Of(1, OneFailed) + TestTally.None).ToString(), Is.EqualTo("5 passed, 1 failed, 1 skipped"));

    [Test]
    public void CountsWhatDoesNotApplyOnItsOwn()
    {
        var tally = Of(0, AllPassed with { NotApplicable = [new("IsLikeTheOfficial", "the official package is in use.")] }) + Of(1, OneFailed);

        Assert.That(tally.ToString(), Is.EqualTo("5 passed, 1 failed, 1 skipped, 1 not applicable"));
        Assert.That((tally.Total, tally.Skipped), Is.EqualTo((8, new[] { new SkippedTest("Divides", "There is no divisor here.") })));
    }

    [Test]
    public void CountsACrashAfterPassedTestsAsAFailure()
    {
        var tally = Of(1, AllPassed with { Errors = ["Test host process crashed"] });

        Assert.That(tally.ToString(), Is.EqualTo("3 passed, 1 failed, 0 skipped"));
        Assert.That(tally.Failed.Single().Message, Does.Contain("crashed"));
    }

    [Test]
    public void CountsACrashThatTheExitCodeHidesAsAFailure() =>
        Assert.That(Of(0, AllPassed with { Errors = ["aborted"] }).Failed, Has.Count.EqualTo(1));

    [Test]
    public void NamesTheTestThatHung()
    {
        var tally = TestTally.Of("Gateway", new CompletedRun(1, AllPassed with { Errors = ["aborted"] }, ["Gateway.Tests.Waits"], []), filtered: false);

        Assert.That(tally.Failed.Single().Message, Does.Contain("running at the time: Gateway.Tests.Waits"));
    }

    [Test]
    public void CountsARunWithoutAReportAsAFailureAndShowsItsOutput()
    {
        var tally = TestTally.Of("Gateway", new CompletedRun(139, null, [], ["Segmentation fault"]), filtered: false);

        Assert.That(tally.ToString(), Is.EqualTo("0 passed, 1 failed, 0 skipped"));
        Assert.That(tally.Failed.Single().Name, Does.StartWith("Gateway"));
        Assert.That(tally.Failed.Single().Message, Does.Contain("139").And.Contain("Segmentation fault"));
    }

    [Test]
    public void CountsAProjectWithoutTestsAsAFailureUnlessSomeWereAskedFor()
    {
        Assert.That(TestTally.Of("Gateway", NothingRan, filtered: false).Failed, Has.Count.EqualTo(1));
        Assert.That(TestTally.Of("Gateway", NothingRan, filtered: true).Total, Is.Zero);
    }

    private static TestTally Of(int exitCode, TrxReport report) => TestTally.Of("Gateway", new CompletedRun(exitCode, report, [], []), filtered: false);
}
