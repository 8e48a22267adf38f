using Slipway.Registry.Channels;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Traffic;

namespace Slipway.Build.Environments.Rollouts;

/// <summary>How a rollout ended.</summary>
/// <param name="State">What the gateway had reached then.</param>
public sealed record RolloutEnd(RolloutPlan Plan, Color Candidate, RolloutResult Result, TrafficState State)
{
    /// <returns>Null while it is running.</returns>
    public static RolloutEnd? Of(DesiredTraffic asked, TrafficState? state)
    {
        if (asked.Plan is not { } plan || state is null || state.Revision < asked.Revision)
            return null;
        var mine = state.Rollout is null || state.Rollout.Plan.Id == plan.Id;
        return state.Phase switch
        {
            // a gateway of an earlier release reads no plan, and moves all traffic at once
            TrafficPhase.Promoted when mine && (state.Rollout is not null || state.Live == asked.Color) => Ended(RolloutResult.Promoted),
            TrafficPhase.RolledBack when mine => Ended(RolloutResult.RolledBack),
            TrafficPhase.Halted when mine => Ended(RolloutResult.Halted),
            TrafficPhase.Unknown => null,
            _ => Ended(RolloutResult.Replaced),
        };

        RolloutEnd Ended(RolloutResult result) => new(plan, asked.Color, result, state);
    }
}

public enum RolloutResult
{
    /// <summary>The candidate has taken over.</summary>
    Promoted,

    /// <summary>The candidate failed, or somebody rolled back.</summary>
    RolledBack,

    /// <summary>There was no verdict until the deadline.</summary>
    Halted,

    /// <summary>Something else was requested instead.</summary>
    Replaced,
}
