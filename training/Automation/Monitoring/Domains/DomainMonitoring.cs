using Slipway.PredictionLogs;
using Slipway.Registry;
using Slipway.Registry.Manifests;
using Slipway.Registry.Monitoring.Domains;
using Slipway.Registry.Rows;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Monitoring.Domains;

/// <summary>
/// Compares the last day of the prediction log with the training data by all columns together, which drift by column cannot see, and writes what was found. Both are
/// read as streams; a sample of each is kept.
/// </summary>
public sealed class DomainMonitoring(IObjectStore store, IDomainClassifier classifier, TimeProvider time)
{
    /// <summary>Rows of either kind. With so many, chance reaches an AUC of 0.523.</summary>
    public const int MaxRows = 5000;

    private readonly Champions _champions = new(store, time);
    private readonly ModelVersions _versions = new(store);

    /// <returns>Null if no version of the model serves.</returns>
    public async Task<DomainVerdict?> RunAsync(string model, CancellationToken cancellation)
    {
        if (await _champions.FindAsync(model, cancellation) is not { } champion || await _versions.GetAsync(model, champion, cancellation) is not { } manifest)
            return null;
        return await WriteAsync(await CompareAsync(manifest, cancellation), cancellation);
    }

    /// <summary>Writes that the last day was not compared.</summary>
    /// <param name="why">A sentence.</param>
    /// <returns>Null if no version of the model serves.</returns>
    public async Task<DomainVerdict?> GiveUpAsync(string model, string why, CancellationToken cancellation) =>
        await _champions.FindAsync(model, cancellation) is { } champion
            ? await WriteAsync(DomainPolicy.NotCompared(Question(model, champion), why), cancellation)
            : null;

    private async Task<DomainVerdict> WriteAsync(DomainVerdict verdict, CancellationToken cancellation)
    {
        await store.WriteAsync(StoreKeys.Domain(verdict.Model), verdict, RegistryJson.Default.DomainVerdict, PutCondition.None, cancellation);
        return verdict;
    }

    private DomainQuestion Question(string model, int version)
    {
        var to = time.GetUtcNow();
        return new(model, version, to - DomainPolicy.Period, to, 0);
    }

    /// <summary>The latest verdict; null if nothing was compared yet.</summary>
    public static async Task<DomainVerdict?> FindAsync(IObjectStore store, string model, CancellationToken cancellation) =>
        (await store.ReadAsync(StoreKeys.Domain(model), RegistryJson.Default.DomainVerdict, cancellation))?.Value;

    private async Task<DomainVerdict> CompareAsync(ModelManifest manifest, CancellationToken cancellation)
    {
        var question = Question(manifest.Model, manifest.Version);
        var encoder = new DomainEncoder(manifest.Schema);
        if (encoder.Columns.Count == 0)
            return DomainPolicy.NotCompared(question, "All columns are personal, and the log has only their hashes.");
        var logged = await LoggedAsync(question, encoder, cancellation);
        question = question with { Rows = logged.Seen };
        if (await TrainingAsync(manifest, encoder, cancellation) is not { } training)
            return DomainPolicy.NotCompared(question, $"The dataset '{manifest.Lineage.Dataset.Key}' is not in the store any more in the version that version {manifest.Version} was trained on.");
        if (DomainPolicy.TooFew(question, training.Rows.Count, logged.Rows.Count) is { } tooFew)
            return tooFew;
        return DomainPolicy.Judge(question, classifier.Score(new(encoder.Columns, Flat(training), Flat(logged), manifest.Lineage.Seed), cancellation));
    }

    private async Task<RowReservoir> LoggedAsync(DomainQuestion question, DomainEncoder encoder, CancellationToken cancellation)
    {
        var sample = new RowReservoir(MaxRows, seed: 1);
        // what is damaged is reported by who joins labels
        await foreach (var prediction in new PredictionLogReader(store, _ => { }).ReadAsync(question.From, question.To, question.Model, cancellation))
            if (prediction.Version == question.Version && prediction.Inputs.ValueKind == System.Text.Json.JsonValueKind.Array)
                foreach (var row in prediction.Inputs.EnumerateArray())
                    Add(sample, encoder.Encode(row));
        return sample;
    }

    /// <returns>Null if it is not in the store any more.</returns>
    private async Task<RowReservoir?> TrainingAsync(ModelManifest manifest, DomainEncoder encoder, CancellationToken cancellation)
    {
        var dataset = manifest.Lineage.Dataset;
        await using var content = await store.GetAsync(dataset.Key, dataset.Version, cancellation);
        if (content is null)
            return null;
        using var csv = CsvRows.Open(content.Content, dataset.Key);
        int[] columns = [.. manifest.Schema.Columns.Select(column => csv.IndexOf(column.Name))];
        if (columns.Contains(-1))
            return null;
        var sample = new RowReservoir(MaxRows, seed: 2);
        while (csv.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            Add(sample, encoder.Encode(csv, columns));
        }

        return sample;
    }

    private static float[] Flat(RowReservoir sample) => [.. sample.Rows.SelectMany(row => row)];

    private static void Add(RowReservoir sample, ReadOnlySpan<float> row)
    {
        if (!row.IsEmpty)
            sample.Add(row);
    }
}
