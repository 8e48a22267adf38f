using Slipway.Automation.Datasets;
using Slipway.Automation.Jobs;
using Slipway.Registry;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Local;

/// <summary>
/// The latest jobs in the local store, found by the names of their folders: listing the objects would read every dataset and archive to its end, for their ETags.
/// </summary>
/// <param name="root">The store's folder.</param>
/// <param name="most">How many of them.</param>
/// <param name="whole">Whether more of them are an error, because an answer would be wrong without them.</param>
public sealed class LocalJobs(IObjectStore store, string root, int most = DatasetJobs.MaxJobs, bool whole = false) : DatasetJobs(store)
{
    /// <summary>All jobs, for answers that would be wrong without some of them.</summary>
    public static LocalJobs OfAnAnswer(IObjectStore store, string root) => new(store, root, MaxJobsOfAnAnswer, whole: true);

    protected override Task<IEnumerable<string>> IdsAsync(string model, CancellationToken cancellation)
    {
        var newest = new NewestJobs(model, most, whole);
        var prefix = Path.Combine(root, StoreKeys.TrainingJobs(model));
        var folder = new DirectoryInfo(Path.GetDirectoryName(prefix)!);
        if (folder.Exists)
            foreach (var job in folder.EnumerateDirectories($"{Path.GetFileName(prefix)}*"))
                if (TrainingJobId.ModelOf(job.Name) == model && new FileInfo(Path.Combine(root, StoreKeys.TrainingLineage(job.Name))) is { Exists: true } lineage)
                    newest.Add(job.Name, lineage.LastWriteTimeUtc);
        return Task.FromResult(newest.Ids);
    }
}
