using Slipway.Automation.Rollouts;
using Slipway.Build.Cli;
using Slipway.Registry.Channels;
using Slipway.Registry.Rollouts;

namespace Slipway.Build.Environments.Rollouts;

/// <summary>A rollout has ended without a promotion: all traffic is on stable.</summary>
public sealed class RolloutRefusedException(RolloutEnd end, string argument) : RefusedException(Describe(end, argument))
{
    public RolloutEnd End { get; } = end;

    private static string Describe(RolloutEnd end, string argument)
    {
        var (plan, state) = (end.Plan, end.State);
        var live = state.Live.Word();
        var what = $"Rollout {plan.Id} of {RolloutDescription.Subject(plan)} to {end.Candidate.Word()}";
        return end.Result switch
        {
            RolloutResult.Halted => $"{what} was halted: {Sentence(state.Reason)} All traffic is on {live}. "
                + $"Promote it all the same with ./build.sh --target=Promote{argument}, or take it back with ./build.sh --target=Rollback{argument}. {Explain(plan, argument)}",
            RolloutResult.Replaced => $"{what} was replaced by another request: {Sentence(state.Reason)} See ./build.sh --target=Status{argument}",
            _ => $"{what} was rolled back: {Sentence(state.Reason)} All traffic is on {live}. {Explain(plan, argument)}",
        };
    }

    private static string Explain(RolloutPlan plan, string argument) => $"The evidence: ./build.sh --target=Explain --rollout={plan.Id}{argument}";

    private static string Sentence(string reason) => reason.Length == 0 ? "" : $"{reason.TrimEnd('.')}.";
}
