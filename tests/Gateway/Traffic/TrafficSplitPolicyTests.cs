using Slipway.Gateway.Traffic;
using Slipway.Registry.Channels;
using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Tests.Traffic;

public class TrafficSplitPolicyTests
{
    [TestCase(100, 0, 0.0, Color.Blue)]
    [TestCase(100, 0, 0.999, Color.Blue)]
    [TestCase(0, 100, 0.0, Color.Green)]
    [TestCase(0, 100, 0.999, Color.Green)]
    [TestCase(90, 10, 0.0999, Color.Green)]
    [TestCase(90, 10, 0.1, Color.Blue)]
    public void FollowsTheSplit(int blue, int green, double draw, Color expected) =>
        Assert.That(TrafficSplitPolicy.Pick(new(blue, green), draw, null, true, true), Is.EqualTo(new TrafficPick(expected, PickOutcome.Split)));

    [TestCase(true, true, Color.Blue, PickOutcome.Split)]
    [TestCase(false, true, Color.Green, PickOutcome.FailedOver)]
    [TestCase(true, false, Color.Blue, PickOutcome.Split)]
    [TestCase(false, false, Color.Blue, PickOutcome.Panic)]
    public void NeverSendsToAnEmptyColorWhileTheOtherCanAnswer(bool blue, bool green, Color expected, PickOutcome outcome) =>
        Assert.That(TrafficSplitPolicy.Pick(TrafficSplit.All(Color.Blue), 0.5, null, blue, green), Is.EqualTo(new TrafficPick(expected, outcome)));

    [TestCase(true, true, Color.Blue)]
    [TestCase(false, true, Color.Green)]
    [TestCase(true, false, Color.Blue)]
    public void UsesWhateverIsThereBeforeTheFirstState(bool blue, bool green, Color expected) =>
        Assert.That(TrafficSplitPolicy.Pick(null, 0.5, null, blue, green), Is.EqualTo(new TrafficPick(expected, PickOutcome.Split)));

    [Test]
    public void ObeysACallerWhoForcesAColorAgainstTheSplit() =>
        Assert.That(TrafficSplitPolicy.Pick(TrafficSplit.All(Color.Blue), 0.5, Color.Green, true, true), Is.EqualTo(new TrafficPick(Color.Green, PickOutcome.Forced)));

    [Test]
    public void DoesNotAnswerAForcedColorFromTheOther() =>
        Assert.That(TrafficSplitPolicy.Pick(TrafficSplit.All(Color.Blue), 0.5, Color.Green, true, false), Is.EqualTo(new TrafficPick(Color.Green, PickOutcome.ForcedUnavailable)));

    [TestCase(10)]
    [TestCase(50)]
    public void SharesStickyCallersAsTheSplitSays(int green)
    {
        var toGreen = Enumerable.Range(0, 10_000).Count(i => TrafficSplitPolicy.Draw($"user-{i}") * 100 < green);
        Assert.That(toGreen, Is.EqualTo(green * 100).Within(150));
    }

    [Test]
    public void AStickyCallerMovesAtMostOnceWhileAShareGrows()
    {
        foreach (var caller in Enumerable.Range(0, 200).Select(i => $"user-{i}"))
        {
            var colors = Enumerable.Range(0, 101)
                .Select(green => TrafficSplitPolicy.Pick(new(100 - green, green), TrafficSplitPolicy.Draw(caller), null, true, true).Color)
                .ToList();
            Assert.That(colors.Zip(colors.Skip(1)).Count(pair => pair.First != pair.Second), Is.EqualTo(1), caller);
        }
    }

    [Test]
    public void AStickyCallerHasTheSameDrawInEveryProcess() =>
        Assert.That(TrafficSplitPolicy.Draw("user-1"), Is.EqualTo(0.25639323279621351).Within(1e-15));
}
