using Slipway.Registry.Evaluation;
using Slipway.Trainer.Evaluation;

namespace Slipway.Trainer.Tests.Evaluation;

public sealed class ThresholdPolicyTests
{
    //                                                     T     T     F     T     F     F
    private static readonly RankedScores Scores = new([0.9f, 0.8f, 0.6f, 0.5f, 0.2f, 0.1f], [true, true, false, true, false, false]);

    [Test]
    public void TakesAFixedThresholdAsItIs() =>
        Assert.That(ThresholdPolicy.Choose(new(Fixed: 0.37), Scores), Is.EqualTo(0.37));

    [TestCase(0.3, 0.85)]
    [TestCase(0.66, 0.7)]
    [TestCase(0.67, 0.35)]
    [TestCase(1, 0.35)]
    public void TakesTheHighestThresholdWithEnoughRecall(double recall, double threshold) =>
        Assert.That(ThresholdPolicy.Choose(new(RecallAtLeast: recall), Scores), Is.EqualTo(threshold).Within(1e-6));

    // F1: 0.5, 0.8, 0.667, 0.857 at the fourth; a small beta prefers precision and stops at the second
    [TestCase(1, 0.35)]
    [TestCase(2, 0.35)]
    [TestCase(0.3, 0.7)]
    public void TakesTheBestF(double beta, double threshold) =>
        Assert.That(ThresholdPolicy.Choose(new(MaximizeF: beta), Scores), Is.EqualTo(threshold).Within(1e-6));

    [Test]
    public void TakesTheBestF1WhenTheSpecIsSilent() =>
        Assert.That(ThresholdPolicy.Choose(null, Scores), Is.EqualTo(ThresholdPolicy.Choose(new(MaximizeF: 1), Scores)));

    [Test]
    public void NeverCutsThroughEqualScores() =>
        Assert.That(ThresholdPolicy.Choose(new(RecallAtLeast: 0.5), new([0.7f, 0.7f, 0.7f, 0.2f], [true, false, true, false])), Is.EqualTo(0.45).Within(1e-6));

    [Test]
    public void StaysAboveZeroWhenEveryRowIsNeeded() =>
        Assert.That(ThresholdPolicy.Choose(new(RecallAtLeast: 1), new([0.9f, 0.2f], [false, true])), Is.EqualTo(0.1).Within(1e-6));
}
