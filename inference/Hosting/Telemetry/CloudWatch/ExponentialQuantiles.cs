using OpenTelemetry.Metrics;

namespace Slipway.Hosting.Telemetry.CloudWatch;

/// <summary>Two quantiles of an exponential histogram, each the upper end of the bucket that it lies in.</summary>
internal readonly record struct ExponentialQuantiles(double P50, double P99, double Count)
{
    public static ExponentialQuantiles Of(in MetricPoint point)
    {
        var count = point.GetHistogramCount();
        point.TryGetHistogramMinMaxValues(out _, out var max);
        var data = point.GetExponentialHistogramData();
        return new(At(data, count, 0.5, max), At(data, count, 0.99, max), count);
    }

    private static double At(ExponentialHistogramData data, long count, double share, double max)
    {
        var rank = (long)Math.Ceiling(share * count);
        var below = data.ZeroCount;
        if (below >= rank)
            return 0;
        var index = data.PositiveBuckets.Offset;
        foreach (var bucket in data.PositiveBuckets)
        {
            index++; // of the next bucket, whose lower end is this one's upper end
            below += bucket;
            if (below >= rank)
                return Math.Min(max, Math.Pow(2, index * Math.Pow(2, -data.Scale)));
        }

        return max;
    }
}
