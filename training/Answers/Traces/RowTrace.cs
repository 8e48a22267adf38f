using Slipway.Automation.Datasets;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Lineages;
using Slipway.Registry.Models;
using Slipway.Registry.Storage;

namespace Slipway.Answers.Traces;

/// <summary>
/// Traces the rows about one person or thing: the datasets that contain them, the versions that were trained on them, and the predictions about them as far as the log
/// can tell.
/// </summary>
/// <param name="jobs">All training jobs of the store.</param>
public sealed class RowTrace(IObjectStore store, DatasetJobs jobs, TimeProvider time)
{
    private const int MaxSpecBytes = 16 * 1024 * 1024;

    /// <param name="progress">Hears now and then how far it is.</param>
    public async Task<TracedRow> FindAsync(string model, RowQuery query, Action<string> progress, CancellationToken cancellation)
    {
        var all = await jobs.OfAsync(model, cancellation);
        var (specs, parsed) = (new Dictionary<string, ModelSpec?>(StringComparer.Ordinal), new Dictionary<string, ModelSpec?>(StringComparer.Ordinal));
        foreach (var job in all)
            specs[job.Id] = await SpecAsync(job, parsed, cancellation);

        var scan = new DatasetScan(store, query);
        var scanned = new List<ScannedDataset>();
        foreach (var dataset in await DatasetsAsync(model, all, cancellation))
            scanned.Add(await scan.RunAsync(
                dataset, [.. dataset.Jobs.Where(job => specs[job.Id] is not null).Select(job => new JobSplit(job.Id, specs[job.Id]!.Split ?? new(), specs[job.Id]!.Id ?? []))],
                progress, cancellation));

        var newest = all.Select(job => specs[job.Id]).LastOrDefault(spec => spec is not null);
        var about = await new PredictionsAbout(store, time).FindAsync(model, query, newest, all, progress, cancellation);
        var feeding = scanned.Where(dataset => dataset.Matches > 0).SelectMany(dataset => dataset.Stored.Jobs).ToList();
        var fed = feeding.Count == 0 ? null : await new DatasetTrace(store, jobs, time).FollowAsync(model, feeding, progress, cancellation);
        return new(model, query, scanned, fed, about, newest?.Id ?? []);
    }

    // Jobs with the same content share one scan. What is in the store and was never trained on contains people all the same.
    private async Task<List<StoredDataset>> DatasetsAsync(string model, IReadOnlyList<DatasetJob> all, CancellationToken cancellation)
    {
        var datasets = all.GroupBy(job => job.Lineage.Dataset.Sha256 ?? $"{job.Lineage.Dataset.Key}\n{job.Lineage.Dataset.Version}")
            .Select(same => Copy(same.First().Lineage, [.. same])).ToList();
        await foreach (var key in store.ListKeysAsync(StoreKeys.DatasetsOf(model), cancellation: cancellation))
            if (DatasetName.IsDatasetOf(model, key) && await store.HeadAsync(key, cancellation: cancellation) is { } now
                && all.All(job => job.Lineage.Dataset.Key != key || job.Lineage.Dataset.Version != now.Version))
                datasets.Add(new(new(key, now.Version, null, now.Length, null), key, null, []));
        return datasets;
    }

    private static StoredDataset Copy(Lineage lineage, IReadOnlyList<DatasetJob> jobs) => new(
        lineage.Dataset, StoreKeys.TrainingInput(lineage.TrainingJob, "training", lineage.Dataset.Key[(lineage.Dataset.Key.LastIndexOf('/') + 1)..]), null, jobs);

    /// <param name="parsed">By hash: most jobs have the same.</param>
    private async Task<ModelSpec?> SpecAsync(DatasetJob job, Dictionary<string, ModelSpec?> parsed, CancellationToken cancellation)
    {
        var same = job.Lineage.SpecSha256;
        if (parsed.TryGetValue(same, out var spec))
            return spec;
        var key = StoreKeys.TrainingInput(job.Id, "spec", ArtifactFiles.Spec);
        if (await store.GetAsync(key, cancellation: cancellation) is not { } found)
            return null;
        await using (found)
            try
            {
                return parsed[same] = ModelSpecReader.Read(await StoredBytes.ReadAsync(found, MaxSpecBytes, cancellation), key);
            }
            catch (SlipwayException)
            {
                return parsed[same] = null; // of a release with other rules; the rows are found without their side
            }
    }
}

/// <param name="Scanned">Every dataset that was searched.</param>
/// <param name="Fed">What the datasets with matching rows fed; null if there are none.</param>
/// <param name="Ids">The id columns in the newest spec.</param>
public sealed record TracedRow(
    string Model, RowQuery Query, IReadOnlyList<ScannedDataset> Scanned, TracedDataset? Fed, PredictionsAboutRow Predictions, IReadOnlyList<string> Ids)
{
    /// <summary>Datasets that could not be read to their end: an answer without them is not complete.</summary>
    public IEnumerable<ScannedDataset> Unread => Scanned.Where(dataset => dataset.Problem is not null);

    /// <summary>Whether any of them has the column at all.</summary>
    public bool ColumnExists => Scanned.Any(dataset => dataset.Columns.Contains(Query.Column));
}
