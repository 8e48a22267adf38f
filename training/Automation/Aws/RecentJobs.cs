using Slipway.Automation.Jobs;
using Slipway.Automation.Local.Watching;
using Slipway.Registry;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Aws;

/// <summary>The latest training jobs of a model, out of any store: a bucket has no folders that could be listed by themselves.</summary>
public sealed class RecentJobs(IObjectStore store)
{
    // A decision rests on the newest datasets; what is older can not be newer than any of them.
    public const int Most = 100;

    private const int AtOnce = 16;

    private readonly TrainingJobs _jobs = new(store);

    /// <summary>In the order in which they were started.</summary>
    public async Task<IReadOnlyList<DatasetJob>> OfAsync(string model, CancellationToken cancellation)
    {
        var claims = new List<(string Job, DateTimeOffset At)>();
        await foreach (var found in store.ListAsync(StoreKeys.TrainingJobs(model), cancellation))
            if (found.Key.Split('/') is [_, var job, _] && found.Key == StoreKeys.TrainingLineage(job) && TrainingJobId.ModelOf(job) == model)
                claims.Add((job, found.LastModified));

        var jobs = new List<DatasetJob>();
        foreach (var some in claims.OrderByDescending(claim => claim.At).Take(Most).Chunk(AtOnce))
            jobs.AddRange((await Task.WhenAll(some.Select(claim => ReadAsync(claim.Job, cancellation)))).OfType<DatasetJob>());
        return [.. jobs.OrderBy(job => job.Lineage.StartedAt).ThenBy(job => job.Id, StringComparer.Ordinal)];
    }

    // One that somebody damaged by hand tells nothing of any dataset, and is no reason to train on none.
    private async Task<DatasetJob?> ReadAsync(string job, CancellationToken cancellation)
    {
        try
        {
            return new(await _jobs.LineageAsync(job, cancellation), await _jobs.OutcomeAsync(job, cancellation));
        }
        catch (UnreadableObjectException)
        {
            return null;
        }
    }
}
