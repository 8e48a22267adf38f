using Slipway.Registry.Rollouts;

namespace Slipway.Build.Environments.Rollouts;

/// <summary>The steps of a rollout with the bake as the last.</summary>
internal static class RolloutSteps
{
    /// <summary>The one after the current; null in the bake.</summary>
    public static RolloutStep? Next(RolloutState state) =>
        state.Step + 1 < state.Plan.Steps.Count ? state.Plan.Steps[state.Step + 1]
        : state.Step + 1 == state.Plan.Steps.Count ? state.Plan.Bake
        : null;
}
