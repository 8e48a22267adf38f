using Slipway.Registry.Rollouts;
using static Slipway.Registry.Tests.Rollouts.SampleRollouts;

namespace Slipway.Registry.Tests.Rollouts;

public sealed class ProbeVerdictTests
{
    private static readonly RolloutBounds Bounds = new(SlowMilliseconds: 250);

    private static readonly ProbeCounts Right = new(CandidateSent: 500, StableSent: 500);

    [Test]
    public void GoldenAnswersPassACandidateThatGetsTooFewRequests()
    {
        var verdict = Judge(Counts(10, candidate: 12, stable: 100), Right);

        Assert.That((verdict.Result, verdict.Source), Is.EqualTo((VerdictResult.Pass, VerdictSource.Probe)));
        Assert.That(verdict.Sentence, Does.Contain("0 of 500 golden rows wrongly").And.Contain("12 requests are too few").And.EndsWith("(source=probe)."));
    }

    [Test]
    public void TheyCountOnlyWhereThePlanHasThem() =>
        Assert.That(VerdictPolicy.Judge(RolloutCounts.None, Right, Bounds, 100, useProbes: false).Result, Is.EqualTo(VerdictResult.Inconclusive));

    [Test]
    public void TheyAreNeverAddedToTheRequests()
    {
        var wrong = new ProbeCounts(500, 5, 500, 0);

        Assert.That(Judge(Counts(10, 40), wrong).LnFail, Is.EqualTo(Judge(Counts(10, 40), ProbeCounts.None).LnFail));
        Assert.That(Judge(Counts(10, 40), wrong).Counts.CandidateRequests, Is.EqualTo(40));
    }

    [TestCase(99, 0, VerdictResult.Inconclusive)]
    [TestCase(448, 0, VerdictResult.Inconclusive)]
    [TestCase(449, 0, VerdictResult.Pass)]
    [TestCase(449, 1, VerdictResult.Inconclusive)]
    [TestCase(0, 0, VerdictResult.Inconclusive)]
    public void TheyHaveToRuleTheRateOutToo(int sent, int wrong, VerdictResult expected) =>
        Assert.That(Judge(RolloutCounts.None, new(sent, wrong, sent, wrong)).Result, Is.EqualTo(expected));

    [TestCase(11, VerdictResult.Inconclusive)]
    [TestCase(12, VerdictResult.Fail)]
    public void WrongAnswersFailTheCandidate(int wrong, VerdictResult expected)
    {
        var verdict = Judge(Counts(10, candidate: 1000, stable: 9000), new(wrong, wrong, wrong, 0));

        Assert.That(verdict.Result, Is.EqualTo(expected == VerdictResult.Fail ? VerdictResult.Fail : VerdictResult.Pass));
        Assert.That(verdict.Source, Is.EqualTo(expected == VerdictResult.Fail ? VerdictSource.Probe : VerdictSource.Requests));
    }

    [Test]
    public void AnswersThatAreWrongOnBothColorsDecideNothing()
    {
        var verdict = Judge(RolloutCounts.None, new(500, 500, 500, 500));

        Assert.That(verdict.Result, Is.EqualTo(VerdictResult.Inconclusive));
    }

    [Test]
    public void ACandidateThatWasNeverComparedDoesNotFail() =>
        Assert.That(Judge(RolloutCounts.None, new(500, 500, 0, 0)).Result, Is.EqualTo(VerdictResult.Inconclusive));

    [Test]
    public void TheyDoNotOverruleEnoughRequestsWithoutAVerdict() =>
        // 1 % of errors: neither the rate nor the ratio can be ruled out
        Assert.That(Judge(Counts(50, 1000, 10, 1000, 10), Right).Result, Is.EqualTo(VerdictResult.Inconclusive));

    [Test]
    public void TheyDoNotOverruleRequestsThatSpeakAgainstTheCandidate()
    {
        Assert.That(Judge(Counts(10, candidate: 20, candidateErrors: 1, stable: 180), Right).Result, Is.EqualTo(VerdictResult.Pass), "one error may be chance");
        Assert.That(Judge(Counts(10, candidate: 20, candidateErrors: 3, stable: 180), Right).Result, Is.EqualTo(VerdictResult.Inconclusive), "three are not");
    }

    [Test]
    public void FailingRequestsFailWhateverTheAnswersAre() =>
        Assert.That(Judge(Counts(10, candidate: 6, candidateErrors: 6, stable: 54), Right).Result, Is.EqualTo(VerdictResult.Fail));

    private static RolloutVerdict Judge(RolloutCounts counts, ProbeCounts probes) => VerdictPolicy.Judge(counts, probes, Bounds, minRequests: 100, useProbes: true);
}
