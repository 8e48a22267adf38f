using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Slipway.Registry;
using Slipway.Registry.Predictions;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Monitoring;

/// <summary>
/// Stores the labels in a CSV file as a server stores feedback: in the log, under the hour of the prediction. The names of the objects follow from the content of the
/// file, so that running it again, after it has ended or halfway, stores nothing twice.
/// </summary>
public sealed class FeedbackImport(IObjectStore store, string model, FeedbackChecks checks, TimeProvider time, int batch = FeedbackImport.Batch)
{
    /// <summary>Labels that are held in memory.</summary>
    public const int Batch = 50_000;

    /// <summary>Refused lines that are reported with their reason.</summary>
    public const int MaxReasons = 10;

    private const int HashLength = 12;

    /// <param name="content">Seekable: it is read twice.</param>
    /// <param name="source">Its name in messages.</param>
    /// <exception cref="SlipwayException">A row is malformed; the message names it. What was read before it is stored.</exception>
    public async Task<FeedbackImported> RunAsync(Stream content, string source, CancellationToken cancellation)
    {
        var replica = $"import-{(await Sha256Hex.OfAsync(content, cancellation))[..HashLength]}";
        content.Position = 0;
        using var file = FeedbackFile.Open(content, source);
        var (result, number) = (FeedbackImported.None, 0);
        var pending = new Dictionary<(string Id, int Row), FeedbackRecord>();
        while (file.Read() is { } line)
        {
            cancellation.ThrowIfCancellationRequested();
            if (await checks.ProblemAsync(line, cancellation) is { } problem)
            {
                result = result.Refuse(line, problem);
                continue;
            }

            var record = Record(line, replica);
            if (pending.TryGetValue((line.PredictionId, line.Row), out var before))
                result = result with { Repeated = result.Repeated + 1 };
            // of several in the file, the last one counts
            if (before is null || line.Time is null || record.At >= before.At)
                pending[(line.PredictionId, line.Row)] = record;
            if (pending.Count < batch)
                continue;
            result = result.Plus(await WriteAsync(pending.Values, replica, ++number, cancellation));
            pending.Clear();
        }

        return result.Plus(await WriteAsync(pending.Values, replica, ++number, cancellation));
    }

    private FeedbackRecord Record(FeedbackLine line, string replica)
    {
        var id = PredictionIds.TryParse(line.PredictionId, out var parsed) ? parsed : throw new ArgumentException("The line has been checked before.", nameof(line));
        using var label = JsonDocument.Parse(JsonSerializer.SerializeToUtf8Bytes(line.Label, RegistryJsonLines.Default.String));
        return new(line.PredictionId, model, id.Version, replica, line.Time ?? time.GetUtcNow(), label.RootElement.Clone(), line.Row == 0 ? null : line.Row);
    }

    private async Task<FeedbackImported> WriteAsync(IEnumerable<FeedbackRecord> records, string replica, int number, CancellationToken cancellation)
    {
        var result = FeedbackImported.None;
        foreach (var hour in records.GroupBy(HourOf).OrderBy(hour => hour.Key))
        {
            using var content = Packed(hour);
            var key = string.Create(CultureInfo.InvariantCulture, $"{StoreKeys.PredictionHour(model, hour.Key)}feedback.{replica}-{number}.jsonl.gz");
            var written = await store.PutAsync(key, content, PutCondition.Absent, cancellation);
            result = written is null ? result with { Repeated = result.Repeated + hour.Count() } : result with { Accepted = result.Accepted + hour.Count() };
        }

        return result;
    }

    private static DateTimeOffset HourOf(FeedbackRecord record) => PredictionIds.TryParse(record.PredictionId, out var id) ? id.Hour : record.At;

    private static MemoryStream Packed(IEnumerable<FeedbackRecord> records)
    {
        var content = new MemoryStream();
        using (var gzip = new GZipStream(content, CompressionLevel.Fastest, leaveOpen: true))
            foreach (var record in records)
            {
                gzip.Write(JsonSerializer.SerializeToUtf8Bytes(record, RegistryJsonLines.Default.FeedbackRecord));
                gzip.Write("\n"u8);
            }

        content.Position = 0;
        return content;
    }
}

/// <summary>What became of the lines of a file.</summary>
/// <param name="Accepted">Stored now.</param>
/// <param name="Repeated">Stored before, or twice in the file.</param>
/// <param name="Reasons">Of the first refused lines, in sentences.</param>
public sealed record FeedbackImported(long Accepted, long Repeated, long Refused, IReadOnlyList<string> Reasons)
{
    public static FeedbackImported None { get; } = new(0, 0, 0, []);

    internal FeedbackImported Refuse(FeedbackLine line, string problem) => this with
    {
        Refused = Refused + 1,
        Reasons = Reasons.Count < FeedbackImport.MaxReasons ? [.. Reasons, $"Data row {line.Number.ToString(CultureInfo.InvariantCulture)}: {problem}."] : Reasons,
    };

    internal FeedbackImported Plus(FeedbackImported other) => this with { Accepted = Accepted + other.Accepted, Repeated = Repeated + other.Repeated };
}
