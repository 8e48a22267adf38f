using System.Globalization;
using Slipway.Registry.Gates;
using Slipway.Registry.Lineages;

namespace Slipway.Automation.Reports;

/// <summary>How a job ended, in one sentence.</summary>
public static class ReportVerdict
{
    private const int MaxRules = 3;

    public static string Of(TrainingRecord record) => record is { IsTrial: true, Outcome: { Result: TrainingResult.Registered, Gates: { } gates } }
        ? $"{GateReportText.Summary(gates)} This was a trial: nothing was published."
        : Sentence(record.Outcome);

    public static string Sentence(TrainingOutcome outcome) => outcome switch
    {
        { Result: TrainingResult.Registered, Version: { } version, Gates: { } gates } =>
            $"Registered as version {version.ToString(CultureInfo.InvariantCulture)}: {Lower(GateReportText.Summary(gates))}",
        { Result: TrainingResult.Refused, Gates: { } gates } =>
            $"Refused because {Refusals(gates.Verdicts, [.. gates.Verdicts.Where(verdict => !verdict.Passed)])}.",
        { Result: TrainingResult.Refused } => $"Refused: {outcome.Reason}",
        { Result: TrainingResult.Failed } => $"Failed: {outcome.Reason}",
        { Result: TrainingResult.Stopped } => $"Stopped: {outcome.Reason}",
        _ => $"{outcome.Result}: {outcome.Reason}",
    };

    private static string Refusals(IReadOnlyList<GateVerdict> all, IReadOnlyList<GateVerdict> failed)
    {
        var named = string.Join(", ", failed.Take(MaxRules).Select(verdict =>
            $"{verdict.Rule}{(verdict.Value is { } value ? $" {GateNumber.Text(value)}" : "")} ({verdict.Bound})"));
        return $"{failed.Count} of {all.Count} gates failed: {named}{(failed.Count > MaxRules ? $" and {failed.Count - MaxRules} more" : "")}";
    }

    private static string Lower(string sentence) => char.ToLowerInvariant(sentence[0]) + sentence[1..];
}
