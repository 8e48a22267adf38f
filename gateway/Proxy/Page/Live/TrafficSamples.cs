using Slipway.Gateway.Status;
using Slipway.Hosting.Polling;
using Slipway.Registry.Channels;

namespace Slipway.Gateway.Page.Live;

/// <param name="Requests">Per second, since the sample before.</param>
/// <param name="Errors">The same.</param>
/// <param name="P99">Milliseconds, of the last minute.</param>
public sealed record ColorSample(double Requests, double Errors, double? P99);

/// <summary>How each color did over the last quarter of an hour, for charts. A fixed number of samples, whether or not somebody looks.</summary>
public sealed class TrafficSamples(GatewayMetrics metrics, TimeProvider time) : PollingService(Interval, time)
{
    public const int MaxSamples = 180;
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Lock _turn = new();
    private readonly Queue<ColorSample[]> _samples = new();
    private (long Requests, long Errors)[]? _last;
    private long _lastAt;

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<ColorSample> Of(Color color)
    {
        lock (_turn)
            return [.. _samples.Select(sample => sample[(int)color])];
    }

    public override Task TickAsync(CancellationToken cancellation)
    {
        var now = Time.GetTimestamp();
        (long Requests, long Errors)[] counts = [.. Colors.All.Select(color => (metrics.Of(color).Requests, metrics.Of(color).Errors))];
        lock (_turn)
        {
            if (_last is { } last && Time.GetElapsedTime(_lastAt, now).TotalSeconds is > 0 and var seconds)
            {
                if (_samples.Count == MaxSamples)
                    _samples.Dequeue();
                _samples.Enqueue([.. Colors.All.Select(color => new ColorSample(
                    (counts[(int)color].Requests - last[(int)color].Requests) / seconds,
                    (counts[(int)color].Errors - last[(int)color].Errors) / seconds,
                    metrics.Of(color).Latencies.Percentile(0.99)))]);
            }
            (_last, _lastAt) = (counts, now);
        }
        return Task.CompletedTask;
    }
}
