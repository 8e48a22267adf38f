using Slipway.PredictionLogs.JsonLines;
using Slipway.PredictionLogs.Reading;
using Slipway.Registry;
using Slipway.Registry.Storage;

namespace Slipway.Analysis;

/// <summary>The last days of the log of a bucket, in a temporary folder.</summary>
public static class BucketCopy
{
    /// <summary>More than this is a job for Athena.</summary>
    public const long MaxBytes = 4L * 1024 * 1024 * 1024;

    /// <exception cref="SlipwayException">It is too much.</exception>
    public static async Task CopyAsync(IObjectStore store, DateTimeOffset from, DateTimeOffset to, string folder, CancellationToken cancellation, long maxBytes = MaxBytes)
    {
        var left = maxBytes;
        var objects = new[] { StoreKeys.Predictions, StoreKeys.Feedback }.Select(prefix => ParquetKeys.OfPeriodAsync(store, prefix, from, to, cancellation))
            .Append(JsonLinesKeys.OfPeriodAsync(store, from, to, model: null, cancellation));
        foreach (var some in objects)
            await foreach (var key in some)
            {
                await using var found = await store.GetAsync(key, cancellation: cancellation);
                if (found is null)
                    continue; // expired since it was listed
                if ((left -= found.Info.Length) < 0)
                    throw new SlipwayException(
                        $"The log of these days has more than {maxBytes / (1024 * 1024)} MiB, which is too much to download. Pass fewer --days, or query it with Athena; docs/prediction-log.md says how.");
                var file = Path.Combine(folder, key);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                await using var copy = File.Create(file);
                await found.Content.CopyToAsync(copy, cancellation);
            }
    }
}
