using Slipway.Automation.Datasets;
using Slipway.Automation.Jobs;
using Slipway.Registry;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Aws;

/// <summary>The latest jobs in any store: a bucket has no folders that could be listed without their contents.</summary>
/// <param name="most">How many of them.</param>
/// <param name="whole">Whether more of them are an error, because an answer would be wrong without them.</param>
public sealed class RecentJobs(IObjectStore store, int most = DatasetJobs.MaxJobs, bool whole = false) : DatasetJobs(store)
{
    private readonly IObjectStore _store = store;

    /// <summary>All jobs, for answers that would be wrong without some of them.</summary>
    public static RecentJobs OfAnAnswer(IObjectStore store) => new(store, MaxJobsOfAnAnswer, whole: true);

    protected override async Task<IEnumerable<string>> IdsAsync(string model, CancellationToken cancellation)
    {
        var newest = new NewestJobs(model, most, whole);
        await foreach (var found in _store.ListAsync(StoreKeys.TrainingJobs(model), cancellation))
            if (found.Key.Split('/') is [_, var job, _] && found.Key == StoreKeys.TrainingLineage(job) && TrainingJobId.ModelOf(job) == model)
                newest.Add(job, found.LastModified);
        return newest.Ids;
    }
}
