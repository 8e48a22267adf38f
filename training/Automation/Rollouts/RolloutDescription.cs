using System.Globalization;
using Slipway.Registry.Rollouts;

namespace Slipway.Automation.Rollouts;

/// <summary>The words for a rollout, for people.</summary>
public static class RolloutDescription
{
    private const int DigestLetters = 19;

    /// <summary>What is rolled out.</summary>
    public static string Subject(RolloutPlan plan) => plan.Model is { } model
        ? string.Create(CultureInfo.InvariantCulture, $"'{model}' version {plan.Version}")
        : $"release {(plan.Digest.Length > DigestLetters ? plan.Digest[..DigestLetters] : plan.Digest)}";

    /// <summary>Where it is now.</summary>
    public static string Step(RolloutState state) => state switch
    {
        { Step: < 0 } => "it waits until the candidate is ready",
        _ when state.Step >= state.Plan.Steps.Count => string.Create(CultureInfo.InvariantCulture, $"bake, {state.Share} % of requests"),
        _ => string.Create(CultureInfo.InvariantCulture, $"step {state.Step + 1} of {state.Plan.Steps.Count}, {state.Share} % of requests"),
    };
}
