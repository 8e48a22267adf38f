using Slipway.Registry;
using Slipway.Registry.Lineages;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Aws;

/// <summary>Training jobs that have completed and wait until their model can be rolled out. An event cannot wait for that: it would be a dead letter before.</summary>
/// <param name="gateway">The gateway's name in the store.</param>
public sealed class WaitingJobs(IObjectStore store, string gateway, TimeProvider time)
{
    /// <summary>Safe to repeat: a job keeps its place.</summary>
    public Task AddAsync(string job, string reason, CancellationToken cancellation) => store.WriteAsync(
        StoreKeys.WaitingJob(gateway, job), new(job, reason, time.GetUtcNow()), RegistryJson.Default.WaitingJob, PutCondition.Absent, cancellation);

    public async Task<WaitingJob?> FindAsync(string job, CancellationToken cancellation) =>
        (await store.ReadAsync(StoreKeys.WaitingJob(gateway, job), RegistryJson.Default.WaitingJob, cancellation))?.Value;

    /// <summary>All of them; the one that has waited longest comes first.</summary>
    public async Task<IReadOnlyList<WaitingJob>> ListAsync(CancellationToken cancellation)
    {
        var waiting = new List<WaitingJob>();
        await foreach (var key in store.ListKeysAsync(StoreKeys.WaitingJobs(gateway), cancellation: cancellation))
            if ((await store.ReadAsync(key, RegistryJson.Default.WaitingJob, cancellation))?.Value is { } job)
                waiting.Add(job);
        return [.. waiting.OrderBy(job => job.Since)];
    }

    public Task RemoveAsync(string job, CancellationToken cancellation) => store.DeleteAsync(StoreKeys.WaitingJob(gateway, job), cancellation);
}
