using Slipway.Automation.Datasets;
using Slipway.Registry.Lineages;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Aws;

/// <summary>When datasets arrived in the bucket, by the bucket's clock, whatever the order of events.</summary>
public sealed class BucketArrivals(IObjectStore store)
{
    // Jobs are stamped by the clock of a function or a person's machine.
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    /// <param name="jobs">The model's jobs, in the order in which they started.</param>
    /// <returns>The last job on a dataset that arrived later; null if there is none.</returns>
    public async Task<DatasetJob?> NewerAsync(ObjectInfo dataset, IReadOnlyList<DatasetJob> jobs, CancellationToken cancellation)
    {
        // A job starts after its dataset arrived, so earlier jobs do not use a newer dataset.
        foreach (var job in jobs.Reverse().TakeWhile(job => job.Lineage.StartedAt >= dataset.LastModified - ClockSkew))
            if (!IsOf(job, dataset) && DatasetPolicy.IsNewer(job, await CameAsync(job.Lineage, cancellation), dataset.LastModified))
                return job;
        return null;
    }

    public static bool IsOf(DatasetJob job, ObjectInfo dataset) =>
        job.Lineage.Dataset.Key == dataset.Key && job.Lineage.Dataset.Version == dataset.Version;

    // If the dataset was removed, the start of its job is the best estimate of its arrival.
    private async Task<DateTimeOffset> CameAsync(Lineage lineage, CancellationToken cancellation) =>
        (await store.HeadAsync(lineage.Dataset.Key, lineage.Dataset.Version, cancellation))?.LastModified ?? lineage.StartedAt;
}
