using Slipway.Registry.Rollouts;
using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Traffic;

/// <summary>Which changes of traffic are reported: they are committed with the state, and leave it when every target has them. Pure.</summary>
public static class TrafficOutbox
{
    /// <summary>Beyond it, the oldest changes are dropped: first those that led to something else anyway.</summary>
    public const int Most = 100;

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

    private static List<TrafficNotification> Bounded(List<TrafficNotification> outbox)
    {
        while (outbox.Count > Most)
            outbox.RemoveAt(Math.Max(0, outbox.FindIndex(change => !IsTerminal(change.Phase))));
        return outbox;
    }

    private static bool IsTerminal(TrafficPhase phase) => phase is TrafficPhase.Promoted or TrafficPhase.RolledBack or TrafficPhase.Halted;
}
