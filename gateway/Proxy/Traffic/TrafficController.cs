using Slipway.Gateway.Options;
using Slipway.Gateway.Replicas;
using Slipway.Gateway.Rollouts;
using Slipway.Hosting.Polling;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Traffic;

/// <summary>
/// Moves traffic as requested: observe, decide, persist, apply, report. What is applied is always what is committed in the store,
/// so a restart, or another gateway, continues from the same split. While the store is unavailable, the last split is kept.
/// </summary>
public sealed partial class TrafficController(
    TrafficRecords records, Fleet fleet, CurrentTraffic traffic, RolloutJournal rollouts, GatewayOptions options, TimeProvider time, ILogger<TrafficController> logger)
    : PollingService(options.PollInterval, time), IHostedLifecycleService
{
    // what people see of a verdict need not be newer; what it decides is decided at every tick
    private static readonly TimeSpan ShownWithin = TimeSpan.FromSeconds(1);

    // the loop and the release at the end both use the records
    private readonly SemaphoreSlim _turn = new(1);
    private volatile bool _mayWrite;

    /// <summary>
    /// A restarted gateway routes by the committed split from its first request on. Before its listeners are open, it only reads: a gateway that
    /// then finds its port in use must not exit while it holds the lease. From here on, this one may hold the lease and write.
    /// </summary>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _mayWrite = true;
        return TickAsync(cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override async Task TickAsync(CancellationToken cancellation)
    {
        using var deadline = new Deadline(records.Timeout, Time, cancellation);
        await _turn.WaitAsync(cancellation);
        try
        {
            var seen = await records.ReadAsync(deadline.Token);
            // a state that has vanished from the store is not a new start: it is written again as it was
            var state = seen.State ?? traffic.State;
            var mayWrite = _mayWrite && seen.Standing != LeaseStatus.Follow;
            var observed = await rollouts.ObserveAsync(state, mayWrite, records.Unchanged, deadline.Token);
            if (mayWrite && Decide(state, seen, observed) is { } next)
                state = await PersistAsync(state, next, deadline.Token);
            Apply(state, seen.Desired);
            Report(seen.Problem);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            // whatever the store throws, the last split is kept
            Report(e.Message);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Changes the committed state in turn with the loop.</summary>
    /// <param name="change">Returns null to leave it as it is.</param>
    /// <returns>Whether it was written: only by the lease holder, and only if no other gateway was faster.</returns>
    public async Task<bool> UpdateAsync(Func<TrafficState, TrafficState?> change, CancellationToken cancellation)
    {
        using var deadline = new Deadline(records.Timeout, Time, cancellation);
        await _turn.WaitAsync(deadline.Token);
        try
        {
            var seen = await records.ReadAsync(deadline.Token);
            if (!_mayWrite || seen.State is not { Phase: not TrafficPhase.Unknown } state || state.Lease.Holder != records.Holder || change(state) is not { } next)
                return false;
            var observed = await rollouts.ObserveAsync(next, isHolder: true, records.Unchanged, deadline.Token);
            next = TrafficPolicy.Renewed(next, seen.Desired, FleetCondition.Of(fleet.Current, fleet.Starting), observed);
            next = next with { Lease = new(records.Holder, state.Lease.Renewal + 1) };
            if (!await records.WriteAsync(next, deadline.Token))
                return false;
            Apply(next, seen.Desired);
            return true;
        }
        finally
        {
            _turn.Release();
        }
    }

    protected override Task WaitAsync(PeriodicTimer timer, CancellationToken cancellation) => rollouts.WaitAsync(traffic.State, cancellation);

    /// <summary>
    /// Lets another gateway write at once instead of after the timeout; from then on, this one only follows. Returns in time even if the
    /// store neither responds nor can be cancelled: the lease then expires.
    /// </summary>
    public async Task ReleaseAsync(CancellationToken cancellation)
    {
        _mayWrite = false;
        using var deadline = new Deadline(records.ReleaseTimeout, Time, cancellation);
        try
        {
            await LetGoAsync(deadline.Token).WaitAsync(deadline.Token);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LeaseNotReleased(e is OperationCanceledException ? $"the store did not respond within {records.ReleaseTimeout.TotalSeconds} s" : e.Message);
        }
    }

    private async Task LetGoAsync(CancellationToken cancellation)
    {
        // a tick that hangs in the store may keep the lock for longer than there is time
        await _turn.WaitAsync(cancellation);
        try
        {
            var seen = await records.ReadAsync(cancellation);
            var isHolder = seen.State?.Lease.Holder == records.Holder;
            var observed = await rollouts.ObserveAsync(seen.State, isHolder, records.Unchanged, cancellation);
            if (!isHolder || seen.State is not { Phase: not TrafficPhase.Unknown } state)
                return;
            state = TrafficPolicy.Renewed(state, seen.Desired, FleetCondition.Of(fleet.Current, fleet.Starting), observed);
            if (await records.WriteAsync(state with { Lease = new(null, state.Lease.Renewal + 1) }, cancellation))
                LeaseReleased(records.Holder);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <returns>The state to write; null if what is in the store may stay as it is.</returns>
    private TrafficState? Decide(TrafficState? state, TrafficSnapshot seen, RolloutMeasurements observed)
    {
        var fleetNow = FleetCondition.Of(fleet.Current, fleet.Starting);
        // an unreadable request withdraws nothing
        var next = seen is { Problem: not null, Desired: null } && state is not null && RolloutPolicy.IsRunning(state)
            ? state
            : TrafficPolicy.Next(state, seen.Desired, fleetNow, observed);
        // this release must not write a phase of a later release
        if (next is null or { Phase: TrafficPhase.Unknown })
            return null;
        var hasChanged = next != state;
        if (!hasChanged && seen.State is not null && seen.Standing == LeaseStatus.Hold && !IsStale(next, observed))
            return null;
        if (!hasChanged)
            next = TrafficPolicy.Renewed(next, seen.Desired, fleetNow, observed);
        next = next with { Lease = new(records.Holder, next.Lease.Renewal + 1), ChangedAt = hasChanged ? Time.GetUtcNow() : next.ChangedAt };
        return TrafficOutbox.Add(state, next, options.Gateway, Time.GetUtcNow());
    }

    /// <summary>Whether the verdict in the store lacks counts for so long that people would miss them.</summary>
    private static bool IsStale(TrafficState state, RolloutMeasurements observed) =>
        observed.SinceLastWrite >= ShownWithin && state.Rollout?.Verdict is { } verdict
        && (verdict.Counts.CandidateRequests, verdict.Counts.StableRequests) != (observed.Counts.CandidateRequests, observed.Counts.StableRequests);

    /// <returns>The committed state; the previous one if another gateway was faster, whose write the next tick reads.</returns>
    private async Task<TrafficState?> PersistAsync(TrafficState? before, TrafficState next, CancellationToken cancellation)
    {
        await rollouts.RecordAsync(before, next, cancellation);
        if (!await records.WriteAsync(next, cancellation))
            return traffic.State;
        if (before?.Lease.Holder != next.Lease.Holder)
            LeaseTaken(records.Holder);
        return next;
    }

    private void Report(string? problem)
    {
        if (problem is not null && problem != traffic.Problem)
            TrafficUnreadable(problem);
        traffic.Problem = problem;
    }

    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }

    private void Apply(TrafficState? committed, DesiredTraffic? desired)
    {
        var before = traffic.State;
        traffic.Desired = desired;
        rollouts.Follow(committed);
        traffic.State = committed ?? before;
        if (committed is not null && (before?.Phase, before?.Split, before?.Reason) != (committed.Phase, committed.Split, committed.Reason))
            TrafficChanged(committed.Phase, committed.Live.Word(), committed.Split.Blue, committed.Split.Green, committed.Reason);
    }
}
