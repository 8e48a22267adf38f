using System.Globalization;
using Slipway.Registry.History;
using Slipway.Registry.Monitoring.Drift;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Traffic;

/// <summary>Which changes of traffic are reported: they are committed with the state, and leave it when every target has them. Pure.</summary>
public static class TrafficOutbox
{
    /// <summary>Beyond it, the oldest changes are dropped: first those that led to something else anyway.</summary>
    public const int MaxChanges = 100;

    /// <summary>Adds what has changed. A revision that is reached is reported even if the phase is the same as before.</summary>
    /// <param name="next">With the lease with which it will be written, whose number no other write of this gateway has.</param>
    public static TrafficState Add(TrafficState? before, TrafficState next, string gateway, DateTimeOffset at)
    {
        if (before is null || (before.Phase == next.Phase && (before.Revision == next.Revision || !IsTerminal(next.Phase))))
            return next;
        var number = next.Lease.Renewal;
        var change = new TrafficNotification(
            $"{gateway}-{next.Revision}-{number}", number, before.Phase, next.Phase, next.Reason, next.Rollout?.Plan.Id, at, Delivered: [],
            next.Split, next.Rollout?.Verdict?.Sentence, next.Rollout?.Verdict?.Counts);
        return next with { Outbox = Bounded([.. next.Outbox ?? [], change]) };
    }

    /// <summary>Adds that a server put a version back. The same again changes nothing.</summary>
    /// <param name="entry">The move that followed.</param>
    /// <returns>The same state if it is there already.</returns>
    public static TrafficState AddPutBack(TrafficState state, HistoryEntry entry, int version, string replica, string gateway)
    {
        var id = $"{gateway}-put-back-{entry.Model}-{entry.Number}";
        if (state.Outbox?.Any(change => change.Id == id) == true)
            return state;
        var change = new TrafficNotification(
            id, state.Lease.Renewal + 1, state.Phase, state.Phase, entry.Reason, Rollout: null, entry.At, Delivered: [], state.Split,
            PutBack: new(entry.Model, version, entry.To, replica));
        return state with { Outbox = Bounded([.. state.Outbox ?? [], change]) };
    }

    /// <summary>Adds that a model's data began or ceased to drift. The same again changes nothing.</summary>
    /// <param name="at">When the verdict was written.</param>
    /// <returns>The same state if it is there already.</returns>
    public static TrafficState AddDrift(TrafficState state, DriftVerdict verdict, bool ended, string gateway, DateTimeOffset at)
    {
        var id = $"{gateway}-drift-{verdict.Model}-{verdict.Start.UtcDateTime.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture)}-{(ended ? "ended" : "began")}";
        if (state.Outbox?.Any(change => change.Id == id) == true)
            return state;
        var change = new TrafficNotification(
            id, state.Lease.Renewal + 1, state.Phase, state.Phase, verdict.Sentence, Rollout: null, at, Delivered: [], state.Split,
            Drift: new(verdict.Model, verdict.Version, ended, verdict.Ratio, verdict.Drifted, verdict.Problems.Count(), verdict.Start));
        return state with { Outbox = Bounded([.. state.Outbox ?? [], change]) };
    }

    private static List<TrafficNotification> Bounded(List<TrafficNotification> outbox)
    {
        while (outbox.Count > MaxChanges)
            outbox.RemoveAt(Math.Max(0, outbox.FindIndex(change => change.PutBack is null && change.Drift is null && !IsTerminal(change.Phase))));
        return outbox;
    }

    private static bool IsTerminal(TrafficPhase phase) => phase is TrafficPhase.Promoted or TrafficPhase.RolledBack or TrafficPhase.Halted;
}
