using Slipway.Build.Cli.GitHub;
using Slipway.Registry.Gates;

namespace Slipway.Build.Environments.Gates;

/// <summary>Remarks beside the lines of a model.json: what refused its candidate, or kept it from being one.</summary>
public static class TrialAnnotations
{
    // GitHub shows no more of one step
    private const int MostOfAModel = 10;

    /// <param name="file">From the top of the repository on.</param>
    /// <param name="spec">The text of that model.json.</param>
    public static IEnumerable<Annotation> Of(ModelTrial trial, string file, byte[] spec) => trial switch
    {
        { Verdict: TrialVerdict.Passed } => [],
        { Verdict: TrialVerdict.NotTried } => [new(AnnotationLevel.Warning, trial.Reason, $"{trial.Model} was not tried", file)],
        { Verdict: TrialVerdict.Refused, Record.Outcome.Gates: { } gates } => gates.Verdicts.Where(verdict => !verdict.Passed).Take(MostOfAModel)
            .Select(verdict => new Annotation(AnnotationLevel.Error, GateReportText.Line(verdict), $"{trial.Model}: a gate says no", file, GateLine.Of(spec, verdict.Rule))),
        _ => [new(AnnotationLevel.Error, trial.Reason, $"{trial.Model}: {(trial.Verdict == TrialVerdict.Refused ? "refused" : "no candidate")}", file)],
    };
}
