using System.Text.Json;
using Slipway.Automation.Jobs;
using Slipway.Registry;
using Slipway.Registry.Manifests;
using Slipway.Registry.Models;
using Slipway.Registry.Monitoring.Retraining;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Retraining;

/// <summary>
/// Retrains a model when there is a cause. Everything is read again whenever it is called, so it may be called for an event, for an event that comes twice or late, and
/// regularly for events that were lost. The decision to start is written before the job is started, by compare-and-swap: of any number of handlers, one starts it, and
/// whoever comes after a handler that crashed completes it.
/// </summary>
public sealed class ModelRetraining(IObjectStore store, IRetrainCauses causes, IRetrainHost host, TimeProvider time)
{
    // others may write in between, but not forever
    private const int MaxTries = 16;

    private readonly TrainingJobs _jobs = new(store);
    private readonly Champions _champions = new(store, time);
    private readonly ModelVersions _versions = new(store);

    /// <summary>The state of a model; null if nothing has been decided yet.</summary>
    public async Task<RetrainState?> StateAsync(string model, CancellationToken cancellation) => (await ReadAsync(model, cancellation))?.Value;

    /// <summary>Whether handling a model now would change its state or start a training. Changes nothing.</summary>
    public async Task<bool> IsDueAsync(string model, RetrainSpec spec, CancellationToken cancellation)
    {
        if (await _champions.FindAsync(model, cancellation) is not { } champion)
            return false;
        var known = (await ReadAsync(model, cancellation))?.Value;
        var next = RetrainPolicy.Decide(known, await FactsAsync(model, spec, champion, known, arrived: false, cancellation));
        return RetrainPolicy.Pending(next) is not null || known is null || !IsSame(known, next);
    }

    /// <param name="arrived">A dataset has arrived. Otherwise datasets are looked at only if there is a cause, because a regular look must not read every job of a model.</param>
    /// <returns>What was decided; null if no version serves, so that nothing can be the cause.</returns>
    public async Task<RetrainAnswer?> HandleAsync(string model, RetrainSpec spec, bool arrived, CancellationToken cancellation)
    {
        if (await _champions.FindAsync(model, cancellation) is not { } champion)
            return null;

        for (var tried = 0; tried < MaxTries; tried++)
        {
            var known = await ReadAsync(model, cancellation);
            var next = RetrainPolicy.Decide(known?.Value, await FactsAsync(model, spec, champion, known?.Value, arrived, cancellation));
            if (await WriteAsync(model, known, next, cancellation) is not { } etag)
                continue;
            if (RetrainPolicy.Pending(next) is not { } start)
                return new(next, Started: null);

            var job = await host.StartAsync(model, start, cancellation);
            var after = job is null ? RetrainPolicy.Abandoned(next, time.GetUtcNow()) : RetrainPolicy.Started(next, job);
            // if another handler has written it meanwhile, that one started the same job
            if (await WriteAsync(model, new(next, etag), after, cancellation) is not null && job is not null)
                return new(after, job);
        }

        throw new SlipwayException($"'{StoreKeys.Retraining(model)}' changes all the time; the next look continues.");
    }

    private async Task<RetrainFacts> FactsAsync(string model, RetrainSpec spec, int champion, RetrainState? state, bool arrived, CancellationToken cancellation)
    {
        var isTraining = state?.Starts is [.., { Job: { } job }] && await _jobs.OutcomeAsync(job, cancellation) is null;
        var cause = await FindAsync(model, spec, champion, state, cancellation);
        var dataset = arrived || cause is not null || state?.Cause is not null ? await DatasetAsync(model, champion, state, cancellation) : state?.Kept;
        return new(spec, champion, cause, dataset, isTraining, time.GetUtcNow());
    }

    private async Task<KeptDataset?> DatasetAsync(string model, int champion, RetrainState? state, CancellationToken cancellation)
    {
        var newest = await host.NewestAsync(model, cancellation);
        if (newest is not null && await IsUnusedAsync(newest, IsKept(newest)))
            return newest;
        // one that was kept may be newer than its file says
        return state?.Kept is { } kept && newest is not null && !IsSame(kept, newest) && await IsUnusedAsync(kept, kept: true) ? kept : null;

        bool IsKept(KeptDataset dataset) => state?.Kept is { } kept && IsSame(kept, dataset);

        async Task<bool> IsUnusedAsync(KeptDataset dataset, bool kept)
        {
            if ((state?.Starts ?? []).Any(start => IsSame(start.Dataset, dataset)))
                return false;
            var used = (await _versions.GetAsync(model, champion, cancellation))?.Lineage.Dataset;
            return (used?.Key, used?.Version) != (dataset.Key, dataset.Version) && await host.IsUnusedAsync(model, dataset, kept, cancellation);
        }
    }

    private static bool IsSame(KeptDataset left, KeptDataset right) => (left.Key, left.Version) == (right.Key, right.Version);

    // Not the first cause that holds: it may have been answered.
    private async Task<RetrainCause?> FindAsync(string model, RetrainSpec spec, int champion, RetrainState? state, CancellationToken cancellation)
    {
        foreach (var kind in spec.On)
            if (await causes.FindAsync(model, champion, kind, cancellation) is { } cause && (state?.Starts ?? []).All(start => start.Cause.Key != cause.Key))
                return cause;
        return null;
    }

    private Task<Versioned<RetrainState>?> ReadAsync(string model, CancellationToken cancellation) =>
        store.ReadAsync(StoreKeys.Retraining(model), RegistryJson.Default.RetrainState, cancellation);

    /// <returns>The ETag of the state; null if another handler was faster.</returns>
    private async Task<string?> WriteAsync(string model, Versioned<RetrainState>? known, RetrainState next, CancellationToken cancellation) =>
        known is not null && IsSame(known.Value, next)
            ? known.ETag
            : await store.WriteAsync(StoreKeys.Retraining(model), next, RegistryJson.Default.RetrainState, PutCondition.Since(known?.ETag), cancellation);

    private static bool IsSame(RetrainState left, RetrainState right) =>
        JsonSerializer.Serialize(left, RegistryJson.Default.RetrainState) == JsonSerializer.Serialize(right, RegistryJson.Default.RetrainState);
}

/// <param name="Started">The job that this handler has started, or whose start it has completed.</param>
public sealed record RetrainAnswer(RetrainState State, string? Started);
