using Slipway.Registry.Rollouts;
using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Rollouts;

/// <summary>Which requests a rollout moves and judges. Pure.</summary>
public static class RunningRollout
{
    /// <summary>The rollout that is running now; null if none is, or if it is in a phase of a later release.</summary>
    public static RolloutState? Of(TrafficState? state) => state is not null && RolloutPolicy.IsRunning(state) ? state.Rollout : null;

    /// <summary>The split that the color of a request is drawn by.</summary>
    /// <param name="rollout">The rollout that counts the request; null if none does.</param>
    public static TrafficSplit? SplitOf(TrafficState? state, PathString path, out RolloutState? rollout)
    {
        rollout = Of(state);
        if (state?.Rollout?.Plan.Model is not { } model)
            return state?.Split;
        if (ModelPath.IsOf(path, model))
            return state.SplitOf(model);
        rollout = null;
        return state.Split;
    }
}
