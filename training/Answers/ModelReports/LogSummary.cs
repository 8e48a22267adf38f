using Slipway.Answers.Traces;
using Slipway.PredictionLogs;

namespace Slipway.Answers.ModelReports;

/// <summary>The last days of the prediction log in figures: of one model by day and version, and of all models together.</summary>
/// <param name="Days">Those with predictions, oldest first.</param>
/// <param name="AllModels">Predictions of all models, which share the servers, by day.</param>
/// <param name="First">The oldest of those; null if there are none.</param>
public sealed record LogSummary(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<LogDay> Days, IReadOnlyDictionary<DateOnly, long> AllModels, DateTimeOffset? First)
{
    private const int ProgressEvery = 20_000;

    /// <summary>The newest day with predictions of any model, and their number; null if there are none.</summary>
    public (DateOnly Day, long Predictions)? NewestDay => AllModels.Count == 0 ? null : AllModels.MaxBy(day => day.Key) is var newest ? (newest.Key, newest.Value) : null;

    public long Predictions => Days.Sum(day => day.Predictions);

    public long Rows => Days.Sum(day => day.Rows);

    /// <param name="progress">Hears now and then how far it is.</param>
    public static async Task<LogSummary> ReadAsync(
        PredictionLogReader log, string model, DateTimeOffset from, DateTimeOffset to, Action<string> progress, CancellationToken cancellation)
    {
        var days = new SortedDictionary<(DateOnly Day, int Version), LogDay>();
        var all = new Dictionary<DateOnly, long>();
        var read = 0L;
        DateTimeOffset? first = null;
        await foreach (var record in log.ReadAsync(from, to, model: null, cancellation))
        {
            if (++read % ProgressEvery == 0)
                progress(TraceText.Count(read, "prediction", "of the log read"));
            var date = DateOnly.FromDateTime(record.At.UtcDateTime);
            all[date] = all.GetValueOrDefault(date) + 1;
            first = record.At < first ? record.At : first ?? record.At;
            if (record.Model != model)
                continue;
            if (!days.TryGetValue((date, record.Version), out var day))
                days.Add((date, record.Version), day = new(date, record.Version));
            day.Add(record.Outputs.Count, record.Microseconds);
        }

        return new(from, to, [.. days.Values], all, first);
    }
}

/// <summary>What a version predicted on one day, in UTC.</summary>
public sealed class LogDay(DateOnly day, int version)
{
    private readonly LatencyHistogram _latency = new();

    public DateOnly Day => day;

    public int Version => version;

    /// <summary>Requests that were answered.</summary>
    public long Predictions { get; private set; }

    public long Rows { get; private set; }

    public DateTimeOffset Noon => new(day, new(12, 0), TimeSpan.Zero);

    internal void Add(int rows, double microseconds)
    {
        Predictions++;
        Rows += rows;
        _latency.Add(microseconds);
    }

    /// <summary>The time within which a share of the requests was predicted, at most 5 % too long.</summary>
    public double Microseconds(double share) => _latency.At(share);
}

/// <summary>Latencies in logarithmic buckets: a fixed amount of memory, however many there are.</summary>
internal sealed class LatencyHistogram
{
    private const double Growth = 1.05;
    private const int Buckets = 512; // up to 20 hours

    private readonly long[] _counts = new long[Buckets];
    private long _count;

    public void Add(double microseconds)
    {
        _counts[microseconds > 1 && double.IsFinite(microseconds) ? Math.Min(Buckets - 1, (int)Math.Ceiling(Math.Log(microseconds, Growth))) : 0]++;
        _count++;
    }

    public double At(double share)
    {
        var wanted = Math.Max(1, (long)Math.Ceiling(share * _count));
        var seen = 0L;
        for (var bucket = 0; bucket < Buckets; bucket++)
            if ((seen += _counts[bucket]) >= wanted)
                return Math.Pow(Growth, bucket);
        return 0;
    }
}
