using Slipway.Automation.Jobs;
using Slipway.Registry;
using Slipway.Registry.Lineages;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Datasets;

/// <summary>A training job and its outcome.</summary>
/// <param name="Outcome">Null for a job that has not ended, or that crashed.</param>
public sealed record DatasetJob(Lineage Lineage, TrainingOutcome? Outcome)
{
    public string Id => Lineage.TrainingJob;

    /// <summary>Its gates gave a verdict on the dataset.</summary>
    public bool HasVerdict => Outcome?.Result is TrainingResult.Registered or TrainingResult.Refused;
}

/// <summary>The training jobs of a model; how they are found depends on the store.</summary>
public abstract class DatasetJobs(IObjectStore store)
{
    /// <summary>A decision depends only on the newest datasets; older jobs cannot have a newer one.</summary>
    public const int MaxJobs = 100;

    /// <summary>Three a day for nine years.</summary>
    public const int MaxJobsOfAnAnswer = 10_000;

    private const int AtOnce = 16;

    private readonly TrainingJobs _jobs = new(store);

    /// <summary>In the order in which they were started.</summary>
    public async Task<IReadOnlyList<DatasetJob>> OfAsync(string model, CancellationToken cancellation)
    {
        var found = new List<DatasetJob>();
        foreach (var some in (await IdsAsync(model, cancellation)).Chunk(AtOnce))
            found.AddRange((await Task.WhenAll(some.Select(id => ReadAsync(id, cancellation)))).OfType<DatasetJob>().Where(job => job.Lineage.Model == model));
        return [.. found.OrderBy(job => job.Lineage.StartedAt).ThenBy(job => job.Id, StringComparer.Ordinal)];
    }

    /// <summary>The ids of a model's jobs, in any order.</summary>
    protected abstract Task<IEnumerable<string>> IdsAsync(string model, CancellationToken cancellation);

    // A lineage that is damaged, or not written yet, says nothing about any dataset, and must not prevent training.
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
