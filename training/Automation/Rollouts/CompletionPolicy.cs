using Slipway.Registry.Channels;
using Slipway.Registry.History;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Traffic;

namespace Slipway.Automation.Rollouts;

/// <summary>What the end of the rollout of a model's version leaves to do. Pure.</summary>
public static class CompletionPolicy
{
    /// <param name="state">Of a rollout of a model's version.</param>
    /// <param name="seen">That model's channels.</param>
    public static bool IsOpen(TrafficState state, DesiredTraffic? desired, ChannelSnapshot seen) => state is { Rollout: { } rollout } && state.Phase switch
    {
        TrafficPhase.Promoted => IsUntouched(seen, rollout.Plan.Version!.Value) && desired?.Plan?.Id == rollout.Plan.Id,
        TrafficPhase.RolledBack => IsToBlock(seen, rollout.Plan.Version!.Value, rollout.Candidate, NameOf(rollout.Plan), OneLine(state.Reason)),
        _ => false,
    };

    /// <summary>Whether nothing has moved the model's channels since the version was rolled out.</summary>
    public static bool IsUntouched(ChannelSnapshot seen, int version) => seen.Last is { Action: HistoryAction.Publish, Channels.Count: 1 } last && last.To == version;

    public static bool IsToBlock(ChannelSnapshot seen, int version, Color candidate, string by, string reason) =>
        // a process that died on the way is completed by the same move
        (seen is { IsUnderWay: true, Last.Action: HistoryAction.Rollback } && seen.Last.By == by && seen.Last.Reason == reason)
        || (IsUntouched(seen, version) && seen.Last!.Channels.Contains(candidate));

    /// <summary>Who moves channels at the end of a rollout.</summary>
    public static string NameOf(RolloutPlan plan) => $"rollout {plan.Id}";

    public static string OneLine(string reason) => string.Concat(reason.Select(letter => char.IsControl(letter) ? ' ' : letter));
}
