using System.Globalization;
using Slipway.Registry;
using Slipway.Registry.Costs;
using Slipway.Registry.Storage;

namespace Slipway.Answers.ModelReports;

/// <summary>How large the log of a day is, of all models.</summary>
internal static class LogSizes
{
    // so that a report of a busy environment does not list for minutes
    private const int MaxObjects = 5_000;

    public static async Task<LogSize> OfAsync(IObjectStore store, DateOnly day, long predictions, CancellationToken cancellation)
    {
        var (objects, bytes) = (0L, 0L);
        await foreach (var folder in FoldersAsync(store, day, cancellation))
            await foreach (var found in store.ListAsync(folder, cancellation))
            {
                (objects, bytes) = (objects + 1, bytes + found.Length);
                if (objects == MaxObjects)
                    return new(0, objects, bytes); // of how many predictions is not known
            }

        return new(predictions, objects, bytes);
    }

    // one folder for all models, and the folders by model of earlier releases
    private static async IAsyncEnumerable<string> FoldersAsync(
        IObjectStore store, DateOnly day, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var partition = $"{StoreKeys.Predictions}dt={day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}/";
        yield return partition;
        await foreach (var folder in store.ListFoldersAsync(StoreKeys.Predictions, cancellation))
            if (!folder.Contains('=', StringComparison.Ordinal))
                yield return $"{folder}{day.ToString("yyyy'/'MM'/'dd", CultureInfo.InvariantCulture)}/";
    }
}
