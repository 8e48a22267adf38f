using Slipway.Inference.Bakes;

namespace Slipway.Inference.Tests.Bakes;

public sealed class BakePolicyTests
{
    private static readonly BakeBounds Bounds = new();

    [TestCase(1, 0, BakeVerdict.Continue)]
    [TestCase(2, 0, BakeVerdict.Continue, Description = "too few")]
    [TestCase(3, 0, BakeVerdict.PutBack)]
    [TestCase(3, 100, BakeVerdict.Continue)]
    [TestCase(6, 100, BakeVerdict.Continue)]
    [TestCase(9, 100, BakeVerdict.PutBack)]
    [TestCase(10, 1000, BakeVerdict.Continue, Description = "at the bound")]
    [TestCase(40, 1000, BakeVerdict.PutBack)]
    public void PutsBackForFailuresBeyondTheBound(int failures, int answers, BakeVerdict expected) =>
        Assert.That(BakePolicy.OnFailure(failures, answers, BakeBaseline.None(Bounds)), Is.EqualTo(expected));

    [TestCase(19, 19, BakeVerdict.Continue, Description = "too few")]
    [TestCase(20, 20, BakeVerdict.Compare)]
    [TestCase(50, 100, BakeVerdict.Continue)]
    [TestCase(75, 100, BakeVerdict.Compare)]
    public void DoubtsAVersionThatIsMostlySlow(int slow, int answers, BakeVerdict expected) =>
        Assert.That(BakePolicy.OnSlow(slow, answers), Is.EqualTo(expected));

    [TestCase(20, 20, BakeVerdict.Compare)]
    [TestCase(35, 100, BakeVerdict.Continue, Description = "at the bound")]
    [TestCase(60, 100, BakeVerdict.Compare)]
    public void DoubtsAVersionWhosePredictionsShift(int count, int answers, BakeVerdict expected) =>
        Assert.That(BakePolicy.OnBin(1, count, answers, Baseline(answers: 1000, bins: [900, 100])), Is.EqualTo(expected));

    [Test]
    public void KnowsNoShiftWithoutABaseline() =>
        Assert.That(BakePolicy.OnBin(1, 1000, 1000, BakeBaseline.None(Bounds)), Is.EqualTo(BakeVerdict.Continue));

    [Test]
    public void BaselineToleratesWhatWasUsualBefore()
    {
        var usual = Baseline(answers: 950, bins: [950], failures: 50);

        Assert.That(usual.MaxFailureRate, Is.EqualTo(2 * 51 / 1001.0));
        Assert.That(BakePolicy.OnFailure(9, 100, usual), Is.EqualTo(BakeVerdict.Continue));
    }

    [TestCase(20, 200, Description = "the least bound")]
    [TestCase(1000, 3072, Description = "three times the upper end of the bucket of 1,000 µs")]
    public void BoundOfSlowRunsFollowsThoseBefore(long microseconds, long expected)
    {
        var latencies = new long[Registry.Rollouts.LatencyBuckets.Count];
        latencies[Registry.Rollouts.LatencyBuckets.Of(microseconds)] = 1000;

        Assert.That(BakeBaseline.Of(1000, 0, latencies, [1000], Bounds).SlowMicroseconds, Is.EqualTo(expected));
    }

    [Test]
    public void FewAnswersAreNoBaseline() =>
        Assert.That(Baseline(answers: BakeBaseline.MinAnswers - 1, bins: [99]), Is.EqualTo(BakeBaseline.None(Bounds)));

    private static BakeBaseline Baseline(long answers, long[] bins, long failures = 0) =>
        BakeBaseline.Of(answers, failures, new long[Registry.Rollouts.LatencyBuckets.Count], bins, Bounds);
}
