using System.Globalization;
using System.Runtime.CompilerServices;
using Slipway.Registry;
using Slipway.Registry.Predictions;
using Slipway.Registry.Storage;

namespace Slipway.PredictionLogs.Reading;

/// <summary>Finds Parquet objects by their names: <c>dt=yyyy-MM-dd/hh=HH/</c> and a <see cref="LogObjectName"/>.</summary>
public static class ParquetKeys
{
    private const string PartitionFormat = "'dt='yyyy'-'MM'-'dd'/hh='HH'/'";
    private const string DayFormat = "'dt='yyyy'-'MM'-'dd'/'";
    private const int PartitionLength = 20;

    /// <summary>Those that may contain a prediction, usually one.</summary>
    public static async IAsyncEnumerable<string> OfPredictionAsync(IObjectStore store, PredictionId id, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var count = PredictionSequence.CountOf(id.Sequence);
        await foreach (var key in store.ListKeysAsync(StoreKeys.PredictionPartition(id.Hour) + LogObjectName.PrefixOf(id.Replica), cancellation: cancellation))
            if (LogObjectName.Parse(key) is { } name && name.Replica == id.Replica && name.Covers(count))
                yield return key;
    }

    /// <param name="prefix"><see cref="StoreKeys.Predictions"/> or <see cref="StoreKeys.Feedback"/>.</param>
    /// <param name="from">All of its hour.</param>
    public static async IAsyncEnumerable<string> OfPeriodAsync(
        IObjectStore store, string prefix, DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // names of models, under which earlier servers wrote, contain no '='
        await foreach (var key in store.ListKeysAsync($"{prefix}dt=", prefix + from.UtcDateTime.ToString(PartitionFormat, CultureInfo.InvariantCulture), cancellation))
        {
            if (HourOf(key.AsSpan(prefix.Length)) is not { } hour)
                continue;
            if (hour >= to)
                yield break;
            if (key.EndsWith(LogObjectName.Suffix, StringComparison.Ordinal))
                yield return key;
        }
    }

    /// <summary>The start of the day of a folder such as <c>dt=2026-11-30/</c>; null for other folders.</summary>
    public static DateTimeOffset? DayOf(ReadOnlySpan<char> folder) => Parse(folder, DayFormat);

    private static DateTimeOffset? HourOf(ReadOnlySpan<char> path) => path.Length > PartitionLength ? Parse(path[..PartitionLength], PartitionFormat) : null;

    private static DateTimeOffset? Parse(ReadOnlySpan<char> text, string format) =>
        DateTimeOffset.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
