using System.Diagnostics.Metrics;
using System.Text.Json;
using Slipway.Gateway.Forwarding;
using Slipway.Gateway.Listening;
using Slipway.Gateway.Monitoring;
using Slipway.Gateway.Replicas;
using Slipway.Gateway.Traffic;
using Slipway.Registry.Channels;

namespace Slipway.Gateway.Status;

/// <summary>The gateway's metrics: for `/metrics`, and by color for the status.</summary>
public sealed class GatewayMetrics : IDisposable
{
    public const string MeterName = "Slipway.Gateway";

    private readonly TimeProvider _time;
    private readonly Meter _meter;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _tries;
    private readonly Counter<long> _repeated;
    private readonly Counter<long> _failedOver;
    private readonly Counter<long> _full;
    private readonly ColorCounts[] _colors;
    private readonly ModelTraffic _models;
    private long _refused;

    public GatewayMetrics(
        IMeterFactory meters, Fleet fleet, CurrentTraffic traffic, MemoryBudget memory, AdmissionLimit admission, ConnectionLimit connections, CurrentDrift drift, TimeProvider time)
    {
        _time = time;
        _meter = meters.Create(MeterName);
        _colors = [.. Colors.All.Select(_ => new ColorCounts(new(time)))];
        _models = new(fleet, time);
        _duration = _meter.CreateHistogram("slipway.gateway.request.duration", "s", "From a request's arrival to the end of its response",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] });
        _tries = _meter.CreateCounter<long>("slipway.gateway.tries", description: "Requests sent to a server, including retries, by result");
        _repeated = _meter.CreateCounter<long>("slipway.gateway.retries", description: "Requests that were retried");
        _failedOver = _meter.CreateCounter<long>("slipway.gateway.failovers", description: "Requests that went to the other color because theirs had no healthy server");
        _full = _meter.CreateCounter<long>("slipway.gateway.full", description: "Requests that got 503 because the gateway had reached its limit");
        _meter.CreateObservableGauge("slipway.gateway.buffered", () => memory.Held, "By", "Request body bytes that the gateway holds");
        _meter.CreateObservableGauge("slipway.gateway.connections", () => connections.Open, description: "Open connections of callers");
        _meter.CreateObservableGauge("slipway.gateway.requests", () => admission.InFlight, description: "Requests that are at servers now");
        _meter.CreateObservableGauge("slipway.gateway.share", () => Observe(color => traffic.State?.Split.Of(color) ?? 0), "%", "Share of requests by color");
        _meter.CreateObservableGauge("slipway.gateway.replicas", () => Health(fleet), description: "Servers by color and health");
        RolloutGauges.AddTo(_meter, traffic);
        DriftGauges.AddTo(_meter, drift);
    }

    public ColorCounts Of(Color color) => _colors[(int)color];

    /// <summary>The same by model.</summary>
    public ModelTraffic Models => _models;

    public long Start() => _time.GetTimestamp();

    /// <param name="started">When the request began to arrive.</param>
    /// <param name="arrived">When as much of its body had arrived as the gateway buffers: how long a caller takes to send does not count against a server.</param>
    public void Answered(Color color, HttpContext context, long started, long arrived)
    {
        // a caller that disconnects says nothing about the color
        if (context.RequestAborted.IsCancellationRequested)
            return;
        var status = context.Response.StatusCode;
        TimeSpan? elapsed = status is >= 400 and < 500 ? null : _time.GetElapsedTime(arrived);
        _colors[(int)color].Record(elapsed, status >= 500);
        _models.Of(context)?.Of(color).Record(elapsed, status >= 500);
        _duration.Record(_time.GetElapsedTime(started).TotalSeconds, Tags.Color(color), Tags.Status(status));
    }

    /// <param name="release">The release of the server that it was sent to.</param>
    public void Tried(Color color, string release, TryResult result)
    {
        _colors[(int)color].Tried(result.IsBad());
        _tries.Add(1, Tags.Color(color), new("release", release), Tags.Result(result));
    }

    public void Repeated(Color from, Color to) => _repeated.Add(1, Tags.Color(from), new("to", to.Word()));

    /// <param name="what">memory, requests or connections.</param>
    public void Full(string what)
    {
        Interlocked.Increment(ref _refused);
        _full.Add(1, new KeyValuePair<string, object?>("of", what));
    }

    /// <summary>Requests that this gateway refused because it was full, since it started. They are no color's.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    public void FailedOver(Color from) => _failedOver.Add(1, Tags.Color(from));

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<int>> Observe(Func<Color, int> value) =>
        Colors.All.Select(color => new Measurement<int>(value(color), Tags.Color(color)));

    private static IEnumerable<Measurement<int>> Health(Fleet fleet) =>
        from color in Colors.All
        from health in Enum.GetValues<ReplicaHealth>()
        select new Measurement<int>(
            fleet.Current.Of(color).Count(replica => replica.Health == health), Tags.Color(color), new("health", health.ToString().ToLowerInvariant()));

    /// <summary>Boxed once: a status or color is a tag of every request.</summary>
    private static class Tags
    {
        private static readonly KeyValuePair<string, object?>[] ByColor = [.. Colors.All.Select(color => new KeyValuePair<string, object?>("color", color.Word()))];
        private static readonly KeyValuePair<string, object?>[] ByStatus =
            [.. new[] { "1xx", "2xx", "3xx", "4xx", "5xx" }.Select(name => new KeyValuePair<string, object?>("status", name))];

        private static readonly KeyValuePair<string, object?>[] ByResult =
            [.. Enum.GetNames<TryResult>().Select(name => new KeyValuePair<string, object?>("result", JsonNamingPolicy.SnakeCaseLower.ConvertName(name)))];

        public static KeyValuePair<string, object?> Result(TryResult result) => ByResult[(int)result];

        public static KeyValuePair<string, object?> Color(Color color) => ByColor[(int)color];

        public static KeyValuePair<string, object?> Status(int status) => ByStatus[Math.Clamp(status / 100, 1, 5) - 1];
    }
}

/// <summary>Since the gateway started; latencies are those of the last minute.</summary>
public sealed class ColorCounts(LatencyWindow latencies)
{
    private long _requests;
    private long _errors;
    private long _tries;
    private long _badTries;

    public long Requests => Interlocked.Read(ref _requests);
    public long Errors => Interlocked.Read(ref _errors);
    public long Tries => Interlocked.Read(ref _tries);
    public long BadTries => Interlocked.Read(ref _badTries);
    public LatencyWindow Latencies => latencies;

    public void Tried(bool isBad)
    {
        Interlocked.Increment(ref _tries);
        if (isBad)
            Interlocked.Increment(ref _badTries);
    }

    /// <param name="elapsed">Null if it says nothing about the color, as for a request that its caller never finished.</param>
    public void Record(TimeSpan? elapsed, bool isError)
    {
        Interlocked.Increment(ref _requests);
        if (isError)
            Interlocked.Increment(ref _errors);
        if (elapsed is { } latency)
            latencies.Record(latency);
    }
}
