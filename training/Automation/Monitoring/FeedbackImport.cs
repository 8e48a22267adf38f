using System.Globalization;
using System.Text.Json;
using Slipway.PredictionLogs;
using Slipway.PredictionLogs.Writing;
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
        var pending = new Dictionary<(string Id, int? Row), FeedbackRecord>();
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
        return new(line.PredictionId, model, id.Version, replica, line.Time ?? time.GetUtcNow(), LabelOf(line.Label), line.Row);
    }

    // a number stays one, for those who analyze the log
    private static JsonElement LabelOf(string text)
    {
        var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number);
        return isNumber
            ? JsonSerializer.SerializeToElement(number, RegistryJsonLines.Default.Double)
            : JsonSerializer.SerializeToElement(text, RegistryJsonLines.Default.String);
    }

    private async Task<FeedbackImported> WriteAsync(IEnumerable<FeedbackRecord> records, string replica, int number, CancellationToken cancellation)
    {
        var result = FeedbackImported.None;
        foreach (var hour in records.GroupBy(record => IdOf(record).Hour).OrderBy(hour => hour.Key))
        {
            using var rows = new FeedbackRows();
            foreach (var record in hour.OrderBy(record => record.PredictionId, StringComparer.Ordinal).ThenBy(record => record.Row))
            {
                rows.Mark();
                rows.Add(record, IdOf(record).Rows);
                await rows.EndAsync(cancellation);
            }

            await rows.CompleteAsync(cancellation);
            using var content = rows.Read();
            var counts = hour.Select(record => PredictionSequence.CountOf(IdOf(record).Sequence)).ToList();
            var name = new LogObjectName(replica, counts.Min(), counts.Max(), number.ToString("x6", CultureInfo.InvariantCulture));
            var written = await store.PutAsync(StoreKeys.FeedbackPartition(hour.Key) + name, content, PutCondition.Absent, cancellation);
            result = written is null ? result with { Repeated = result.Repeated + hour.Count() } : result with { Accepted = result.Accepted + hour.Count() };
        }

        return result;
    }

    private static PredictionId IdOf(FeedbackRecord record) =>
        PredictionIds.TryParse(record.PredictionId, out var id) ? id : throw new ArgumentException("The record has been checked before.", nameof(record));
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
