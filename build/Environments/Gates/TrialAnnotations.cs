using Slipway.Build.Cli.GitHub;
using Slipway.Registry.Gates;

namespace Slipway.Build.Environments.Gates;

/// <summary>Annotations on the lines of a model.json: the gates that failed, or the reason why there is no candidate.</summary>
public static class TrialAnnotations
{
    // GitHub shows no more than this per step
    private const int MaxPerModel = 10;

    /// <param name="file">Relative to the repository's root.</param>
    /// <param name="spec">The text of that model.json.</param>
    public static IEnumerable<Annotation> Of(ModelTrial trial, string file, byte[] spec) => trial switch
    {
        { Verdict: TrialVerdict.Passed } => [],
        { Verdict: TrialVerdict.NotTrained } => [new(AnnotationLevel.Warning, trial.Reason, $"{trial.Model} was not trained", file)],
        { Verdict: TrialVerdict.Refused, Record.Outcome.Gates: { } gates } => gates.Verdicts.Where(verdict => !verdict.Passed).Take(MaxPerModel)
            .Select(verdict => new Annotation(AnnotationLevel.Error, GateReportText.Line(verdict), $"{trial.Model}: a gate failed", file, GateLine.Of(spec, verdict.Rule))),
        _ => [new(AnnotationLevel.Error, trial.Reason, $"{trial.Model}: {(trial.Verdict == TrialVerdict.Refused ? "refused" : "no candidate")}", file)],
    };
}
