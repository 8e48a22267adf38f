using Slipway.Automation.Datasets;
using Slipway.Automation.Jobs;
using Slipway.Registry;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Aws;

/// <summary>The latest jobs in any store: a bucket has no folders that could be listed without their contents. However many there are, no more are kept in memory.</summary>
/// <param name="most">How many of them; a decision needs no more than <see cref="MaxJobs"/>.</param>
/// <param name="whole">Whether more of them are an error, because an answer would be wrong without them.</param>
public sealed class RecentJobs(IObjectStore store, int most = RecentJobs.MaxJobs, bool whole = false) : DatasetJobs(store)
{
    // A decision depends only on the newest datasets; older jobs cannot have a newer one.
    public const int MaxJobs = 100;

    /// <summary>Three a day for nine years.</summary>
    public const int MaxJobsOfAnAnswer = 10_000;

    private readonly IObjectStore _store = store;

    /// <summary>All jobs, for answers that would be wrong without some of them.</summary>
    public static RecentJobs OfAnAnswer(IObjectStore store) => new(store, MaxJobsOfAnAnswer, whole: true);

    protected override async Task<IEnumerable<string>> IdsAsync(string model, CancellationToken cancellation)
    {
        var newest = new PriorityQueue<string, DateTimeOffset>();
        await foreach (var found in _store.ListAsync(StoreKeys.TrainingJobs(model), cancellation))
        {
            if (found.Key.Split('/') is not [_, var job, _] || found.Key != StoreKeys.TrainingLineage(job) || TrainingJobId.ModelOf(job) != model)
                continue;
            if (newest.Count < most)
                newest.Enqueue(job, found.LastModified);
            else if (!whole)
                newest.EnqueueDequeue(job, found.LastModified);
            else
                throw new SlipwayException(
                    $"'{model}' has more than {most} training jobs in the store, and an answer about only some of them would be wrong. "
                    + $"Remove the folders of jobs that registered no version, under {StoreKeys.TrainingJobs(model)}..., and try again.");
        }

        return newest.UnorderedItems.Select(item => item.Element);
    }
}
