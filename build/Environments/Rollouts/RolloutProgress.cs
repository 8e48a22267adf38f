using System.Globalization;
using Slipway.Automation.Rollouts;
using Slipway.Registry.Channels;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Traffic;

namespace Slipway.Build.Environments.Rollouts;

/// <summary>What is new about a rollout each time that somebody looks at it: a line for each phase, step and check.</summary>
/// <param name="argument">The argument that selects the environment.</param>
public sealed class RolloutProgress(string argument)
{
    private readonly Dictionary<RolloutCheck, VerdictResult> _checks = [];
    private (TrafficPhase Phase, int Step, int Share)? _shown;

    /// <returns>The lines since the last look.</returns>
    public IEnumerable<string> Next(TrafficState state)
    {
        if (state.Rollout is not { } rollout)
            yield break;
        foreach (var check in rollout.Verdict?.Checks ?? [])
            if (check.Result != _checks.GetValueOrDefault(check.Check))
            {
                _checks[check.Check] = check.Result;
                yield return $"{Word(check.Check)}: {Word(check.Result)}. {check.Sentence}";
            }
        if (_shown == (state.Phase, rollout.Step, rollout.Share))
            yield break;

        _shown = (state.Phase, rollout.Step, rollout.Share);
        yield return state.Phase switch
        {
            TrafficPhase.Preparing => $"preparing: {state.Reason}",
            TrafficPhase.Baking when rollout.Share == 100 => $"baking: {state.Reason}",
            TrafficPhase.Progressing or TrafficPhase.Baking => $"{RolloutDescription.Step(rollout)} to {rollout.Candidate.Word()}, for at least {Seconds(state.Phase == TrafficPhase.Baking ? rollout.Plan.BakeTime : rollout.Plan.Hold)}",
            _ => $"{Word(state.Phase)}: {state.Reason}",
        };
        if (state.Phase == TrafficPhase.Progressing && RolloutSteps.Next(rollout) is { Approval: true } next)
            yield return string.Create(CultureInfo.InvariantCulture, $"before {next.Share} %, a person has to approve: ./build.sh --target=Promote --step{argument}");
    }

    /// <summary>What is happening at this moment.</summary>
    public static string Now(TrafficState state) => state.Rollout is not { } rollout ? state.Reason
        : string.Create(CultureInfo.InvariantCulture, $"{RolloutDescription.Step(rollout)}, {rollout.Verdict?.Counts.CandidateRequests ?? 0} first attempts on {rollout.Candidate.Word()}: {rollout.Verdict?.Sentence ?? state.Reason}");

    internal static string Word(RolloutCheck check) => check switch
    {
        RolloutCheck.Errors => "errors",
        RolloutCheck.NotFinite => "not finite",
        RolloutCheck.Slow => "slow",
        RolloutCheck.Disagreement => "disagreement",
        _ => "unknown check",
    };

    internal static string Word(VerdictResult result) => result.ToString().ToLowerInvariant();

    internal static string Word(TrafficPhase phase) => phase == TrafficPhase.RolledBack ? "rolled back" : phase.ToString().ToLowerInvariant();

    private static string Seconds(TimeSpan time) =>
        time < TimeSpan.FromMinutes(2) ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s") : string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0.#} min");
}
