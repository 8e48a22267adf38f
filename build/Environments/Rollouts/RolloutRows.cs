using Slipway.Automation.Rollouts;
using Slipway.Registry.Channels;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Traffic;

namespace Slipway.Build.Environments.Rollouts;

/// <summary>The last rollout in a table of the status.</summary>
internal static class RolloutRows
{
    /// <param name="argument">The argument that selects the environment.</param>
    public static IEnumerable<KeyValuePair<string, string>> Of(TrafficState state, DesiredTraffic? desired, string argument)
    {
        if (state.Rollout is not { } rollout)
            yield break;

        var running = RolloutInProgress.Of(desired, state) is not null;
        yield return new("rollout", $"{rollout.Plan.Id} of {RolloutDescription.Subject(rollout.Plan)} to {rollout.Candidate.Word()}: {(running ? RolloutDescription.Step(rollout) : RolloutProgress.Word(state.Phase))}");
        if (rollout.Verdict is { } verdict)
            yield return new("verdict", verdict.Sentence);
        if (running || state.Phase == TrafficPhase.Halted)
            yield return new("decide", $"./build.sh --target=Promote{argument} completes it now, ./build.sh --target=Rollback{argument} takes it back");
        if (rollout.Verdict is not null)
            yield return new("evidence", $"./build.sh --target=Explain --rollout={rollout.Plan.Id}{argument}");
    }
}
