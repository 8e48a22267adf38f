using Slipway.Registry;

namespace Slipway.Trainer.Tests;

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
}
