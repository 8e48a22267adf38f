using Slipway.Build.Cli.Output;
using Slipway.Build.Environments.Rollouts;
using Slipway.Registry;
using Slipway.Registry.Rollouts;

namespace Slipway.Build.Tests.Environments.Rollouts;

public sealed class ExplanationReportTests
{
    private readonly StringWriter _output = new();

    [Test]
    public void ShowsCountsFormulaAndThatTheVerdictAgrees()
    {
        Report().Explain(Rollouts.Record);

        var output = _output.ToString();
        Assert.That(output, Does.Contain("errors: 9 of 9 bad ones were on the candidate, which got 25 % of the requests."));
        Assert.That(output, Does.Contain("E = mean of r^9 / (1 + (r - 1) * 0.25)^9 over r = 1.25, 1.5, 2, 3, 5, 10, 30, 100"));
        Assert.That(output, Does.Contain("pumps.1.green-1.x").And.Contain("Computed again from the recorded counts: the verdict agrees."));
        Assert.That(output, Does.Match(@"errors +9 of 12 +0 of 40 +10\.66"));
    }

    [Test]
    public void RolloutWithoutAVerdictSaysSo()
    {
        Report().Explain(Rollouts.Record with { Events = [Rollouts.Record.Events[0]] });

        Assert.That(_output.ToString(), Does.Contain("There is no verdict yet."));
    }

    private static IEnumerable<TestCaseData> Changes()
    {
        yield return new TestCaseData((RolloutVerdict verdict) => verdict with { Result = VerdictResult.Pass }, "pass by requests is recorded, but the counts lead to fail by requests").SetName("ResultThatDoesNotFollowIsFound");
        yield return new TestCaseData((RolloutVerdict verdict) => verdict with { LnFail = verdict.LnFail + 1e-6 }, "ln E is recorded as").SetName("NumberThatDoesNotFollowIsFound");
        yield return new TestCaseData(
            (RolloutVerdict verdict) => verdict with { Counts = new([new(25, new(Answered: 3, Errors: 8), new(Answered: 40))]) }, "the check of errors differs").SetName("CountsThatWereChangedAreFound");
    }

    [TestCaseSource(nameof(Changes))]
    public void RecordThatWasChangedDoesNotAgree(Func<RolloutVerdict, RolloutVerdict> change, string what)
    {
        var last = Rollouts.Record.Events[^1];
        var changed = Rollouts.Record with { Events = [Rollouts.Record.Events[0], last with { Verdict = change(last.Verdict!) }] };

        Assert.That(() => Report().Explain(changed), Throws.TypeOf<SlipwayException>().With.Message.Contains(what));
    }

    private PlainReport Report() => new(_output, new Outcome(), TimeProvider.System);
}
