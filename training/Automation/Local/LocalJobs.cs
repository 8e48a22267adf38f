using Slipway.Automation.Datasets;
using Slipway.Registry;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Local;

/// <summary>
/// The jobs in the local store, found by the names of their folders: listing the objects would read every dataset and archive to its end, for their ETags.
/// </summary>
/// <param name="root">The store's folder.</param>
public sealed class LocalJobs(IObjectStore store, string root) : DatasetJobs(store)
{
    protected override Task<IEnumerable<string>> IdsAsync(string model, CancellationToken cancellation)
    {
        var prefix = Path.Combine(root, StoreKeys.TrainingJobs(model));
        var folder = new DirectoryInfo(Path.GetDirectoryName(prefix)!);
        return Task.FromResult(folder.Exists ? folder.EnumerateDirectories($"{Path.GetFileName(prefix)}*").Select(job => job.Name) : []);
    }
}
