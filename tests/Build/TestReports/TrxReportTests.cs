using Slipway.Build.TestReports;

namespace Slipway.Build.Tests.TestReports;

public sealed class TrxReportTests
{
    private string _path = "";

    [SetUp]
    public void NameAFile() => _path = Path.GetTempFileName();

    [TearDown]
    public void RemoveTheFile() => File.Delete(_path);

    [Test]
    public void SortsTheResults()
    {
        var report = Read("""
            <UnitTestResult testName="Adds" outcome="Passed" />
            <UnitTestResult testName="Subtracts" outcome="Failed"><Output><ErrorInfo>
              <Message>  Expected: 1
              But was: 2</Message><StackTrace>   at Sum.Subtracts() in Sum.cs:line 3</StackTrace></ErrorInfo></Output></UnitTestResult>
            <UnitTestResult testName="Divides" outcome="NotExecuted" />
            <UnitTestResult testName="Hangs" outcome="Timeout" />
            """)!;

        Assert.That(report.Passed, Is.EqualTo(1));
        Assert.That(report.Failed.Select(f => f.Name), Is.EquivalentTo(new[] { "Subtracts", "Hangs" }));
        Assert.That(report.Failed.Single(f => f.Name == "Subtracts").Message, Does.Contain("But was: 2").And.EndWith("at Sum.Subtracts() in Sum.cs:line 3"));
        Assert.That(report.Failed.Single(f => f.Name == "Subtracts").Stack, Is.EqualTo(new[] { new SourceLine("Sum.cs", 3) }));
        Assert.That(report.Skipped, Is.EqualTo(new[] { new SkippedTest("Divides", "no reason given") }));
        Assert.That(report.Errors, Is.Empty);
    }

    [Test]
    public void DistinguishesWhatDoesNotApplyFromWhatLacksSomething()
    {
        var report = Read("""
            <UnitTestResult testName="Pushes" outcome="NotExecuted"><Output><ErrorInfo><Message>There is no docker-registry here.</Message></ErrorInfo></Output></UnitTestResult>
            <UnitTestResult testName="IsLikeTheOfficial" outcome="NotExecuted"><Output><ErrorInfo><Message>Not applicable: the official package is in use.</Message></ErrorInfo></Output></UnitTestResult>
            <UnitTestResult testName="HasItsMembers" outcome="NotExecuted"><Output><ErrorInfo><Message>OneTimeSetUp: Not applicable: the official package is in use.</Message></ErrorInfo></Output></UnitTestResult>
            """)!;

        const string reason = "the official package is in use.";
        Assert.That(report.Skipped, Is.EqualTo(new SkippedTest[] { new("Pushes", "There is no docker-registry here.") }));
        Assert.That(report.NotApplicable, Is.EqualTo(new SkippedTest[] { new("IsLikeTheOfficial", reason), new("HasItsMembers", reason) }));
    }

    [Test]
    public void TakesAnOutcomeThatItDoesNotKnowForAFailure() =>
        Assert.That(Read("""<UnitTestResult testName="Odd" outcome="Disconnected" /><UnitTestResult testName="Bare" />""")!.Failed, Has.Count.EqualTo(2));

    [Test]
    public void KeepsWhatTheRunnerSaysOfACrash()
    {
        var report = Read(
            """<UnitTestResult testName="Adds" outcome="Passed" />""",
            """<RunInfos><RunInfo outcome="Error"><Text>The active test run was aborted. Reason: Test host process crashed</Text></RunInfo></RunInfos>""")!;

        Assert.That(report.Errors.Single(), Does.Contain("crashed"));
    }

    [Test]
    public void KnowsHowLongEachTestTookAndInWhichFixture()
    {
        var report = Read(
            """<UnitTestResult testId="1" testName="Adds(1)" outcome="Passed" duration="00:01:02.5000000" /><UnitTestResult testName="Bare" outcome="NotExecuted" />""",
            definitions: """<UnitTest id="1"><TestMethod className="Slipway.Tests.SumTests" /></UnitTest>""")!;

        Assert.That(report.Times, Is.EquivalentTo(new TimedTest[] { new("SumTests.Adds(1)", TimeSpan.FromSeconds(62.5)), new("Bare", TimeSpan.Zero) }));
    }

    [Test]
    public void IsNothingWithoutAFile() => Assert.That(TrxReport.Read(_path + ".missing"), Is.Null);

    [TestCase("")]
    [TestCase("<TestRun><Results><UnitTestResult")]
    public void IsNothingWhenItBrokeOff(string text)
    {
        File.WriteAllText(_path, text);

        Assert.That(TrxReport.Read(_path), Is.Null);
    }

    private TrxReport? Read(string results, string summary = "", string definitions = "")
    {
        File.WriteAllText(_path, $"""
            <?xml version="1.0" encoding="utf-8"?>
            <TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
              <Results>{results}</Results>
              <TestDefinitions>{definitions}</TestDefinitions>
              <ResultSummary outcome="Completed">{summary}</ResultSummary>
            </TestRun>
            """);
        return TrxReport.Read(_path);
    }
}
