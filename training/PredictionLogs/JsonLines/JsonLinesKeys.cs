using System.Globalization;
using System.Runtime.CompilerServices;
using Slipway.Registry;
using Slipway.Registry.Predictions;
using Slipway.Registry.Storage;

namespace Slipway.PredictionLogs.JsonLines;

/// <summary>
/// Finds the objects of gzip JSON lines: <c>predictions/&lt;model&gt;/yyyy/MM/dd/HH/&lt;replica&gt;-....jsonl.gz</c>, and <c>feedback.&lt;replica&gt;-....jsonl.gz</c> in
/// the same folders.
/// </summary>
public static class JsonLinesKeys
{
    private const string Suffix = ".jsonl.gz";
    private const string FeedbackPrefix = "feedback.";
    private const string HourFormat = "yyyy'/'MM'/'dd'/'HH";

    /// <summary>Those that may contain a prediction.</summary>
    public static async IAsyncEnumerable<string> OfPredictionAsync(IObjectStore store, PredictionId id, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // the lines of an hour's last moments may be written in the next
        foreach (var hour in new[] { id.Hour, id.Hour.AddHours(1) })
            await foreach (var key in store.ListKeysAsync($"{StoreKeys.PredictionHour(id.Model, hour)}{id.Replica}-", cancellation: cancellation))
                if (key.EndsWith(Suffix, StringComparison.Ordinal))
                    yield return key;
    }

    public static IAsyncEnumerable<string> OfPredictionsAsync(IObjectStore store, DateTimeOffset from, DateTimeOffset to, string? model, CancellationToken cancellation) =>
        // of an hour's last moments, as above
        OfPeriodAsync(store, from, to.AddHours(1), model, cancellation).Where(key => !IsFeedback(key));

    public static IAsyncEnumerable<string> OfFeedbackAsync(IObjectStore store, DateTimeOffset from, DateTimeOffset to, string? model, CancellationToken cancellation) =>
        OfPeriodAsync(store, from, to, model, cancellation).Where(IsFeedback);

    /// <summary>Predictions and feedback.</summary>
    public static async IAsyncEnumerable<string> OfPeriodAsync(
        IObjectStore store, DateTimeOffset from, DateTimeOffset to, string? model, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var folders = model is null ? store.ListFoldersAsync(StoreKeys.Predictions, cancellation) : new[] { $"{StoreKeys.Predictions}{model}/" }.ToAsyncEnumerable();
        await foreach (var folder in folders)
            if (ModelName.IsValid(folder[StoreKeys.Predictions.Length..^1]))
                await foreach (var key in store.ListKeysAsync(folder, folder + HourText(from), cancellation))
                {
                    if (HourOf(key.AsSpan(folder.Length)) is not { } hour)
                        continue;
                    if (hour >= to)
                        break;
                    if (key.EndsWith(Suffix, StringComparison.Ordinal))
                        yield return key;
                }
    }

    private static bool IsFeedback(string key) => key.AsSpan(key.LastIndexOf('/') + 1).StartsWith(FeedbackPrefix, StringComparison.Ordinal);

    private static string HourText(DateTimeOffset hour) => hour.UtcDateTime.ToString(HourFormat, CultureInfo.InvariantCulture);

    /// <summary>The hour of an object; null for other keys.</summary>
    public static DateTimeOffset? HourOf(string key)
    {
        var path = key.AsSpan(StoreKeys.Predictions.Length);
        return path.IndexOf('/') is >= 0 and var slash ? HourOf(path[(slash + 1)..]) : null;
    }

    // "yyyy/MM/dd/HH/<name>"
    private static DateTimeOffset? HourOf(ReadOnlySpan<char> path) =>
        path.Length > 14 && path[13] == '/'
        && DateTimeOffset.TryParseExact(path[..13], HourFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var hour) ? hour : null;
}
