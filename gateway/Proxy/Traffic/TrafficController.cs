using Slipway.Registry;

namespace Slipway.Gateway;

/// <summary>
/// Moves traffic as asked: observe, decide, persist, apply, report. What is applied is always what is committed in the store,
/// so a restart, or another gateway, continues from the same split. While the store is away, the last split stays.
/// </summary>
public sealed partial class TrafficController(
    TrafficRecords records, Fleet fleet, CurrentTraffic traffic, TimeProvider time, ILogger<TrafficController> logger)
{
    private string? _problem;

    /// <summary>Why the last tick could not do its work; null when it could.</summary>
    public string? Problem => Volatile.Read(ref _problem);

    public async Task TickAsync(CancellationToken cancellation)
    {
        try
        {
            var seen = await records.ReadAsync(cancellation);
            var (next, mustWrite) = Decide(seen);
            Apply(mustWrite ? await PersistAsync(next!, cancellation) : seen.State, seen.Desired);
            Volatile.Write(ref _problem, null);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            if (_problem is null)
                TrafficUnreadable(e);
            Volatile.Write(ref _problem, e.Message);
        }
    }

    /// <summary>Lets another gateway take over at once instead of after the timeout.</summary>
    public async Task ReleaseAsync(CancellationToken cancellation)
    {
        try
        {
            var seen = await records.ReadAsync(cancellation);
            if (seen.State is { } state && state.Lease.Holder == records.Holder
                && await records.WriteAsync(state with { Lease = new(null, state.Lease.Renewal + 1) }, cancellation))
                LeaseReleased(records.Holder);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // it expires by itself
            LeaseNotReleased(e);
        }
    }

    private (TrafficState? Next, bool MustWrite) Decide(SeenTraffic seen)
    {
        if (seen.Standing == LeaseStanding.Follow)
            return (seen.State, false);
        var next = TrafficPolicy.Next(seen.State, seen.Desired, FleetCondition.Of(fleet.Current));
        if (next is null)
            return (null, false);
        var changed = next != seen.State;
        if (!changed && seen.Standing == LeaseStanding.Hold)
            return (next, false);
        return (next with
        {
            Lease = new(records.Holder, next.Lease.Renewal + 1),
            ChangedAt = changed ? time.GetUtcNow() : next.ChangedAt,
        }, true);
    }

    /// <returns>What is committed; the state before when another gateway was faster, and the next tick reads what it wrote.</returns>
    private async Task<TrafficState?> PersistAsync(TrafficState next, CancellationToken cancellation) =>
        await records.WriteAsync(next, cancellation) ? next : traffic.State;

    private void Apply(TrafficState? committed, DesiredTraffic? desired)
    {
        var before = traffic.State;
        traffic.Desired = desired;
        traffic.State = committed ?? before;
        if (committed is not null && (before?.Phase, before?.Split, before?.Reason) != (committed.Phase, committed.Split, committed.Reason))
            TrafficChanged(committed.Phase, committed.Live.Word(), committed.Split.Blue, committed.Split.Green, committed.Reason);
    }
}
