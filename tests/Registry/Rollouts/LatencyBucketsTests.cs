using Slipway.Registry.Rollouts;

namespace Slipway.Registry.Tests.Rollouts;

public sealed class LatencyBucketsTests
{
    [Test]
    public void GrowWithTheirValues()
    {
        var buckets = Enumerable.Range(0, 100_000).Select(i => LatencyBuckets.Of(i)).ToList();

        Assert.That(buckets, Is.Ordered);
        Assert.That(buckets.Zip(buckets.Skip(1), (a, b) => b - a), Has.All.LessThanOrEqualTo(1));
    }

    [Test]
    public void ContainTheirLatenciesAndAreAtMostSixPercentWide()
    {
        for (var microseconds = 0L; microseconds < 1L << 31; microseconds += 1 + microseconds / 50)
        {
            var bucket = LatencyBuckets.Of(microseconds);
            var (lower, upper) = (LatencyBuckets.LowerMicroseconds(bucket), LatencyBuckets.UpperMicroseconds(bucket));
            Assert.That((double)microseconds, Is.GreaterThanOrEqualTo(lower).And.LessThan(upper));
            Assert.That(upper, Is.LessThanOrEqualTo(Math.Max(lower + 1, lower * 1.0626)));
        }
    }

    [TestCase(-1, 0)]
    [TestCase(long.MaxValue, 447)]
    public void TakeAnyLatency(long microseconds, int bucket) => Assert.That(LatencyBuckets.Of(microseconds), Is.EqualTo(bucket));
}
