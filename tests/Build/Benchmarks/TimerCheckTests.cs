using Slipway.Benchmarks.Figures;

namespace Slipway.Build.Tests.Benchmarks;

public sealed class TimerCheckTests
{
    [Test]
    public void RefusesAMedianOfADelayedAcknowledgment() =>
        Assert.That(TimerCheck.Refuse([Round(41_000, cores: 0.2), Round(44_300, cores: 0.25), Round(46_000, cores: 0.3)]), Does.StartWith("half of its responses take 44 ms, in which it uses 25% of a core"));

    [TestCase(44_000, 0.9, Description = "it works")]
    [TestCase(20_000, 0.1)]
    [TestCase(90_000, 0.1)]
    public void AcceptsEveryOther(double p50, double cores) => Assert.That(TimerCheck.Refuse([Round(p50, cores)]), Is.Null);

    [Test]
    public void LooksAtTheMedianOfTheRounds() => Assert.That(TimerCheck.Refuse([Round(800, 0.1), Round(900, 0.1), Round(44_000, 0.1)]), Is.Null);

    private static Round Round(double p50, double cores) => new(1000, 500, p50, p50 * 2, ProcessorSeconds: cores * 1000 / 500, 0.01);
}
