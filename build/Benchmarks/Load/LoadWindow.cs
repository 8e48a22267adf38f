namespace Slipway.Benchmarks.Load;

/// <summary>The time of the measurement: requests count that were sent and completed within it.</summary>
/// <param name="Start">Timestamps of <paramref name="Time"/>.</param>
/// <param name="MaxRequests">The maximum per connection.</param>
public sealed record LoadWindow(TimeProvider Time, long Start, long End, long MaxRequests)
{
    /// <summary>A response that takes longer counts as lost.</summary>
    public static TimeSpan Timeout { get; } = TimeSpan.FromSeconds(10);

    /// <summary>A timestamp: when the warm-up starts.</summary>
    public long Begin { get; init; } = Start;

    public long Now => Time.GetTimestamp();

    public static LoadWindow Of(LoadJob job, TimeProvider time)
    {
        var begin = time.GetTimestamp();
        var start = begin + Ticks(job.WarmUpMilliseconds, time);
        return new(time, start, start + Ticks(job.Milliseconds, time), Math.Max(1, job.MaxRequests / job.Connections)) { Begin = begin };
    }

    private static long Ticks(int milliseconds, TimeProvider time) => milliseconds * time.TimestampFrequency / 1000;
}
