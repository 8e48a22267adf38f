namespace Slipway.Benchmarks.Load;

/// <summary>When requests count: those that were asked and answered from its start to its end.</summary>
/// <param name="Start">Timestamps of <paramref name="Time"/>.</param>
/// <param name="MaxRequests">Of each connection.</param>
public sealed record LoadWindow(TimeProvider Time, long Start, long End, long MaxRequests)
{
    /// <summary>An answer that takes longer is lost.</summary>
    public static TimeSpan Timeout { get; } = TimeSpan.FromSeconds(10);

    public long Now => Time.GetTimestamp();

    public static LoadWindow Of(LoadJob job, TimeProvider time)
    {
        var start = time.GetTimestamp() + Ticks(job.WarmUpMilliseconds, time);
        return new(time, start, start + Ticks(job.Milliseconds, time), Math.Max(1, job.MaxRequests / job.Connections));
    }

    private static long Ticks(int milliseconds, TimeProvider time) => milliseconds * time.TimestampFrequency / 1000;
}
