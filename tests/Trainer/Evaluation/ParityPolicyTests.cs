using Slipway.Registry;
using Slipway.Trainer.Evaluation;

namespace Slipway.Trainer.Tests.Evaluation;

public sealed class ParityPolicyTests
{
    [Test]
    public void PassesRoundingDifferences() =>
        Assert.That(ParityPolicy.Compare([0.5f, 0.1f], [0.500004f, 0.1f], 1, 0.3).Passed, Is.True);

    [Test]
    public void FailsALargerDifference()
    {
        var report = ParityPolicy.Compare([0.5f, 0.1f], [0.50002f, 0.1f], 1, 0.3);

        Assert.That(() => ParityPolicy.Check(report), Throws.TypeOf<SlipwayException>().With.Message.Contains("largest difference 2.0e-5"));
    }

    [Test]
    public void AllowsALargerDifferenceOfLargerValues() =>
        Assert.That(ParityPolicy.Compare([100f], [100.0005f], 1, 0.5).Passed, Is.True);

    [Test]
    public void FailsNan() =>
        Assert.That(ParityPolicy.Compare([0.5f], [float.NaN], 1, 0.3).Passed, Is.False);

    [Test]
    public void ForgivesAFlipWithinRoundingOfTheThreshold() =>
        Assert.That(ParityPolicy.Compare([0.300001f], [0.299999f], 1, 0.3).Flips, Is.Zero);

    [Test]
    public void FailsAFlipFartherAway() =>
        Assert.That(ParityPolicy.Compare([0.30002f], [0.29f], 1, 0.3).Flips, Is.EqualTo(1));

    [Test]
    public void MeasuresEstimatesInTheSizeThatTheyUsuallyHave()
    {
        Assert.That(ParityPolicy.Compare([1e-3f, 2e-3f], [1e-3f, 2.001e-3f], 1, threshold: null).Passed, Is.False, "a thousandth of what is small");
        Assert.That(ParityPolicy.Compare([0.5f, 3e6f], [0.6f, 3e6f], 1, threshold: null).Passed, Is.True, "rounding of what is large");
    }

    [TestCase(float.PositiveInfinity, float.PositiveInfinity)]
    [TestCase(float.PositiveInfinity, 1f)]
    [TestCase(1f, float.PositiveInfinity)]
    [TestCase(float.NaN, float.NaN)]
    public void FailsEstimatesThatAreNotFinite(float original, float exported) =>
        Assert.That(ParityPolicy.Compare([1f, original], [1f, exported], 1, threshold: null).Passed, Is.False);
}
