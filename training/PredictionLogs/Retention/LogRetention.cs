using Slipway.PredictionLogs.JsonLines;
using Slipway.PredictionLogs.Reading;
using Slipway.Registry;
using Slipway.Registry.Storage;

namespace Slipway.PredictionLogs.Retention;

/// <summary>Deletes days of the log, with their labels, that ended longer ago than they are kept. Deletes nothing whose name it does not recognize.</summary>
public sealed class LogRetention(IObjectStore store)
{
    /// <returns>The number of deleted objects.</returns>
    public async Task<int> DeleteAsync(DateTimeOffset now, TimeSpan keep, CancellationToken cancellation)
    {
        var deleted = 0;
        foreach (var prefix in new[] { StoreKeys.Predictions, StoreKeys.Feedback })
        {
            var folders = await store.ListFoldersAsync(prefix, cancellation).ToListAsync(cancellation);
            foreach (var folder in folders)
                if (ParquetKeys.DayOf(folder.AsSpan(prefix.Length)) is { } day && day.AddDays(1) + keep <= now)
                    await foreach (var key in store.ListKeysAsync(folder, cancellation: cancellation))
                        if (key.EndsWith(LogObjectName.Suffix, StringComparison.Ordinal)) // imported labels have other names
                            deleted += await DeleteAsync(key, cancellation);
        }

        // of earlier servers
        await foreach (var key in JsonLinesKeys.OfPeriodAsync(store, DateTimeOffset.MinValue, now - keep, null, cancellation))
            if (JsonLinesKeys.HourOf(key) is { } hour && hour.AddHours(1) + keep <= now)
                deleted += await DeleteAsync(key, cancellation);
        return deleted;
    }

    private async Task<int> DeleteAsync(string key, CancellationToken cancellation)
    {
        await store.DeleteAsync(key, cancellation);
        return 1;
    }
}
