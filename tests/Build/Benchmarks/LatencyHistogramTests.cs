using Slipway.Benchmarks.Load;

namespace Slipway.Build.Tests.Benchmarks;

public sealed class LatencyHistogramTests
{
    [Test]
    public void TellsPercentilesWithinA64th()
    {
        var latencies = new LatencyHistogram();
        for (var ticks = 1L; ticks <= 100_000; ticks++)
            latencies.Add(ticks);

        Assert.That(latencies.Percentile(0.5), Is.InRange(50_000, 50_000 * 65 / 64));
        Assert.That(latencies.Percentile(0.99), Is.InRange(99_000, 99_000 * 65 / 64));
        Assert.That(latencies.Percentile(1), Is.EqualTo(100_000));
        Assert.That(latencies.Max, Is.EqualTo(100_000));
    }

    [Test]
    public void ShowsAFewSlowOnesInThe99thPercentileAlone()
    {
        var latencies = new LatencyHistogram();
        for (var one = 0; one < 98; one++)
            latencies.Add(10);
        latencies.Add(5000);
        latencies.Add(5000);

        Assert.That(latencies.Percentile(0.5), Is.EqualTo(10));
        Assert.That(latencies.Percentile(0.98), Is.EqualTo(10));
        Assert.That(latencies.Percentile(0.99), Is.EqualTo(5000));
    }

    [Test]
    public void AddsUpWhatThreadsCountedApart()
    {
        var (one, other) = (new LatencyHistogram(), new LatencyHistogram());
        one.Add(10);
        other.Add(20);
        other.Add(30);
        one.Add(other);

        Assert.That(one.Count, Is.EqualTo(3));
        Assert.That(one.Percentile(0.5), Is.EqualTo(20));
        Assert.That(one.Max, Is.EqualTo(30));
    }

    [Test]
    public void HasABucketForEveryLatency([Values(0, 1, 63, 64, 127, 128, long.MaxValue)] long ticks)
    {
        var latencies = new LatencyHistogram();
        latencies.Add(ticks);

        Assert.That(latencies.Percentile(0.5), Is.EqualTo(ticks));
    }

    [Test]
    public void SaysNothingOfNothing() => Assert.That(new LatencyHistogram().Percentile(0.99), Is.Zero);
}
