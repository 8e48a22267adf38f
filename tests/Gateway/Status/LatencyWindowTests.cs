using Microsoft.Extensions.Time.Testing;
using Slipway.Gateway.Status;

namespace Slipway.Gateway.Tests.Status;

public class LatencyWindowTests
{
    private readonly FakeTimeProvider _time = new();

    [Test]
    public void KnowsNothingBeforeTheFirstRequest() => Assert.That(new LatencyWindow(_time).Percentile(0.5), Is.Null);

    [TestCase(0.5, 50)]
    [TestCase(0.99, 99)]
    public void IsAtMostSixPercentTooHigh(double share, double expected)
    {
        var window = new LatencyWindow(_time);
        for (var i = 1; i <= 100; i++)
            window.Record(TimeSpan.FromMilliseconds(i));
        Assert.That(window.Percentile(share), Is.InRange(expected, expected * 1.065));
    }

    [Test]
    public void ForgetsAfterAMinute()
    {
        var window = new LatencyWindow(_time);
        window.Record(TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(45));
        Assert.That(window.Percentile(0.5), Is.Not.Null);
        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.That(window.Percentile(0.5), Is.Null);
        window.Record(TimeSpan.FromMilliseconds(1));
        Assert.That(window.Percentile(0.5), Is.LessThan(2));
    }

    [Test]
    public void TakesAnyLatency() => Assert.That(() => new LatencyWindow(_time).Record(TimeSpan.MaxValue), Throws.Nothing);
}
