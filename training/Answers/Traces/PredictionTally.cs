using Slipway.PredictionLogs;

namespace Slipway.Answers.Traces;

/// <summary>How many predictions of each version the log has.</summary>
public sealed class PredictionTally
{
    // seldom enough to cost nothing, often enough to see that something happens
    private const int ProgressEvery = 20_000;

    private readonly Dictionary<int, VersionTally> _versions = [];

    public VersionTally Of(int version) => _versions.GetValueOrDefault(version) ?? VersionTally.None;

    public IEnumerable<KeyValuePair<int, VersionTally>> Versions => _versions.OrderBy(version => version.Key);

    /// <summary>All predictions in the log.</summary>
    public long Predictions => _versions.Values.Sum(version => version.Predictions);

    /// <summary>Reads a period of a model's log, one record after the other.</summary>
    /// <param name="progress">Hears now and then how far it is.</param>
    public static async Task<PredictionTally> ReadAsync(
        PredictionLogReader log, string model, DateTimeOffset from, DateTimeOffset to, Action<string> progress, CancellationToken cancellation)
    {
        var tally = new PredictionTally();
        var read = 0L;
        await foreach (var record in log.ReadAsync(from, to, model, cancellation))
        {
            tally._versions[record.Version] = tally.Of(record.Version).With(record.At, record.Outputs.Count);
            if (++read % ProgressEvery == 0)
                progress(TraceText.Count(read, "prediction", "of the log read"));
        }

        return tally;
    }
}

/// <param name="Predictions">Requests that were answered; the log counts one twice whose server stored it twice.</param>
/// <param name="Rows">Rows in them.</param>
/// <param name="First">The time of the first one; null if there is none.</param>
public sealed record VersionTally(long Predictions, long Rows, DateTimeOffset? First, DateTimeOffset? Last)
{
    public static VersionTally None { get; } = new(0, 0, null, null);

    internal VersionTally With(DateTimeOffset at, int rows) =>
        new(Predictions + 1, Rows + rows, First is { } first && first <= at ? first : at, Last is { } last && last >= at ? last : at);
}
