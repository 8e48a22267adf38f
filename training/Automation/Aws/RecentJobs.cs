using Slipway.Automation.Datasets;
using Slipway.Automation.Jobs;
using Slipway.Registry;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Aws;

/// <summary>The latest jobs in any store: a bucket has no folders that could be listed without their contents.</summary>
/// <param name="most">How many of them; a decision needs no more than <see cref="MaxJobs"/>.</param>
public sealed class RecentJobs(IObjectStore store, int most = RecentJobs.MaxJobs) : DatasetJobs(store)
{
    // A decision depends only on the newest datasets; older jobs cannot have a newer one.
    public const int MaxJobs = 100;

    private readonly IObjectStore _store = store;

    protected override async Task<IEnumerable<string>> IdsAsync(string model, CancellationToken cancellation)
    {
        var claims = new List<(string Job, DateTimeOffset At)>();
        await foreach (var found in _store.ListAsync(StoreKeys.TrainingJobs(model), cancellation))
            if (found.Key.Split('/') is [_, var job, _] && found.Key == StoreKeys.TrainingLineage(job) && TrainingJobId.ModelOf(job) == model)
                claims.Add((job, found.LastModified));
        return claims.OrderByDescending(claim => claim.At).Take(most).Select(claim => claim.Job);
    }
}
