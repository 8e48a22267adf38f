using Slipway.Automation.Jobs;
using Slipway.Registry;
using Slipway.Registry.Lineages;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Local.Watching;

/// <summary>A training job and what came of it.</summary>
/// <param name="Outcome">Null for a job that has not ended, or died.</param>
public sealed record DatasetJob(Lineage Lineage, TrainingOutcome? Outcome)
{
    public string Id => Lineage.TrainingJob;

    /// <summary>Its gates gave a verdict on the dataset.</summary>
    public bool Judged => Outcome?.Result is TrainingResult.Registered or TrainingResult.Refused;
}

/// <summary>
/// The training jobs of a model in the local store, found by the names of their folders: listing the objects would read every dataset and
/// archive to its end, for their ETags.
/// </summary>
/// <param name="root">The store's folder.</param>
public sealed class DatasetJobs(IObjectStore store, string root)
{
    private readonly TrainingJobs _jobs = new(store);

    /// <summary>In the order in which they were started.</summary>
    public async Task<IReadOnlyList<DatasetJob>> OfAsync(string model, CancellationToken cancellation)
    {
        var found = new List<DatasetJob>();
        foreach (var id in Ids(model))
            if (await ReadAsync(id, cancellation) is { } job && job.Lineage.Model == model)
                found.Add(job);
        return [.. found.OrderBy(job => job.Lineage.StartedAt).ThenBy(job => job.Id, StringComparer.Ordinal)];
    }

    private IEnumerable<string> Ids(string model)
    {
        var prefix = Path.Combine(root, StoreKeys.TrainingJobs(model));
        var folder = new DirectoryInfo(Path.GetDirectoryName(prefix)!);
        return folder.Exists ? folder.EnumerateDirectories($"{Path.GetFileName(prefix)}*").Select(job => job.Name) : [];
    }

    // One that is not readable, or not there yet, tells nothing of any dataset.
    private async Task<DatasetJob?> ReadAsync(string id, CancellationToken cancellation)
    {
        try
        {
            var lineage = await store.ReadAsync(StoreKeys.TrainingLineage(id), RegistryJson.Default.Lineage, cancellation);
            return lineage is null ? null : new(lineage.Value, await _jobs.OutcomeAsync(id, cancellation));
        }
        catch (UnreadableObjectException)
        {
            return null;
        }
    }
}
