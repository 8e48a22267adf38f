using Slipway.Automation;
using Slipway.Registry;

namespace Slipway.Build;

/// <summary>The training jobs of a model in a store that lists cheaply.</summary>
public sealed class StoredJobs(IObjectStore store)
{
    private readonly TrainingJobs _jobs = new(store);

    /// <summary>In the order in which they were started.</summary>
    public async Task<IReadOnlyList<DatasetJob>> OfAsync(string model, CancellationToken cancellation)
    {
        var found = new List<DatasetJob>();
        await foreach (var info in store.ListAsync(StoreKeys.TrainingJobs(model), cancellation))
            if (info.Key.Split('/') is [_, var id, "lineage.json"]
                && await store.ReadAsync(info.Key, RegistryJson.Default.Lineage, cancellation) is { Value: var lineage } && lineage.Model == model)
                found.Add(new(lineage, await _jobs.OutcomeAsync(id, cancellation)));
        return [.. found.OrderBy(job => job.Lineage.StartedAt).ThenBy(job => job.Id, StringComparer.Ordinal)];
    }
}
