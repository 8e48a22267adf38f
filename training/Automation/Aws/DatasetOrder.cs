using Slipway.Automation.Local.Watching;
using Slipway.Registry.Lineages;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Aws;

/// <summary>
/// Tells which of a model's datasets is newer, whatever the order of events: by when the bucket got them, on the bucket's own clock.
/// </summary>
public sealed class DatasetOrder(IObjectStore store)
{
    // Jobs are stamped by the clock of a function or a person's machine.
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    /// <returns>A job on a dataset that came later, and that has a verdict or is at work; null when there is none.</returns>
    public async Task<DatasetJob?> NewerAsync(ObjectInfo dataset, IReadOnlyList<DatasetJob> jobs, CancellationToken cancellation)
    {
        foreach (var job in jobs.Reverse())
        {
            // A job starts after its dataset came, so none of the earlier ones is on a newer one.
            if (job.Lineage.StartedAt < dataset.LastModified - ClockSkew)
                return null;
            if (IsOf(job, dataset) || !(job.Judged || job.Outcome is null))
                continue;
            if (await CameAsync(job.Lineage, cancellation) > dataset.LastModified)
                return job;
        }

        return null;
    }

    public static bool IsOf(DatasetJob job, ObjectInfo dataset) =>
        job.Lineage.Dataset.Key == dataset.Key && job.Lineage.Dataset.Version == dataset.Version;

    // Where somebody removed the dataset, the start of its job is the nearest thing to when it came.
    private async Task<DateTimeOffset> CameAsync(Lineage lineage, CancellationToken cancellation) =>
        (await store.HeadAsync(lineage.Dataset.Key, lineage.Dataset.Version, cancellation))?.LastModified ?? lineage.StartedAt;
}
