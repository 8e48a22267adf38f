using Slipway.Gateway.Replicas;
using Slipway.Hosting.Polling;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Traffic;

/// <summary>
/// Moves traffic as requested: observe, decide, persist, apply, report. What is applied is always what is committed in the store,
/// so a restart, or another gateway, continues from the same split. While the store is unavailable, the last split is kept.
/// </summary>
public sealed partial class TrafficController(
    TrafficRecords records, Fleet fleet, CurrentTraffic traffic, TimeProvider time, ILogger<TrafficController> logger)
    : PollingService(records.PollInterval, time), IHostedLifecycleService
{
    // the loop and the release at the end both use the records
    private readonly SemaphoreSlim _turn = new(1);
    private volatile bool _mayWrite;
    private string? _problem;

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
            var (next, mustWrite) = Decide(seen);
            Apply(mustWrite ? await PersistAsync(next!, deadline.Token) : next, seen.Desired);
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
            if (seen.State is { Phase: not TrafficPhase.Unknown } state && state.Lease.Holder == records.Holder
                && await records.WriteAsync(state with { Lease = new(null, state.Lease.Renewal + 1) }, cancellation))
                LeaseReleased(records.Holder);
        }
        finally
        {
            _turn.Release();
        }
    }

    private (TrafficState? Next, bool MustWrite) Decide(TrafficSnapshot seen)
    {
        // a state that has vanished from the store is not a new start: it is written again as it was
        var state = seen.State ?? traffic.State;
        if (!_mayWrite || seen.Standing == LeaseStatus.Follow)
            return (state, false);
        var next = TrafficPolicy.Next(state, seen.Desired, FleetCondition.Of(fleet.Current, fleet.Starting));
        // this release must not write a phase of a later release
        if (next is null or { Phase: TrafficPhase.Unknown })
            return (next, false);
        var changed = next != state;
        if (!changed && seen.State is not null && seen.Standing == LeaseStatus.Hold)
            return (next, false);
        return (next with
        {
            Lease = new(records.Holder, next.Lease.Renewal + 1),
            ChangedAt = changed ? Time.GetUtcNow() : next.ChangedAt,
        }, true);
    }

    /// <returns>The committed state; the previous one if another gateway was faster, whose write the next tick reads.</returns>
    private async Task<TrafficState?> PersistAsync(TrafficState next, CancellationToken cancellation) =>
        await records.WriteAsync(next, cancellation) ? next : traffic.State;

    private void Report(string? problem)
    {
        if (problem is not null && problem != _problem)
            TrafficUnreadable(problem);
        _problem = problem;
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
        traffic.State = committed ?? before;
        if (committed is not null && (before?.Phase, before?.Split, before?.Reason) != (committed.Phase, committed.Split, committed.Reason))
            TrafficChanged(committed.Phase, committed.Live.Word(), committed.Split.Blue, committed.Split.Green, committed.Reason);
    }
}
