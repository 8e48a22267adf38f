using Slipway.Automation.Reports;
using Slipway.Registry.Gates;
using Slipway.Registry.Models;
using Slipway.Reporting;

namespace Slipway.Build.Environments.Gates.Markdown;

/// <summary>An overview of all trials: one row per model, failures first.</summary>
internal static class TrialTable
{
    public const int MaxRows = 100;

    private const int MaxLength = 600;

    /// <param name="environment">The environment of the champions.</param>
    public static IEnumerable<Block?> Of(string environment, IReadOnlyList<ModelTrial> trials) =>
    [
        new Table(
            [
                "", new("model", ColumnStyle.RowHeader), "metric", new("candidate", ColumnStyle.Number), new($"in {environment}", ColumnStyle.Number),
                new("difference", ColumnStyle.Number), "gates",
            ],
            [.. trials.OrderByDescending(trial => trial.Verdict).Take(MaxRows).Select(trial => Row(environment, trial))]),
        trials.Count > MaxRows ? new Paragraph($"{trials.Count - MaxRows} more passed, or come after these.") : null,
    ];

    public static string Word(TrialVerdict verdict) => verdict switch
    {
        TrialVerdict.Passed => "pass",
        TrialVerdict.NotTrained => "not trained",
        TrialVerdict.Refused => "REFUSED",
        _ => "FAILED",
    };

    private static IReadOnlyList<Cell> Row(string environment, ModelTrial trial)
    {
        var main = First(trial.Record?.Model);
        var champion = trial.Champion is { } version ? $"version {version}" : trial.Verdict == TrialVerdict.Failed && trial.Record is null ? "" : $"no version in {environment} yet";
        return
        [
            TextRun.Mark(trial.Verdict <= TrialVerdict.NotTrained, Word(trial.Verdict)), trial.Model, main?.Name ?? "", Value(main?.Candidate),
            main?.Champion is { } metric ? RichText.Of($"{Value(metric)}{TextRun.LineBreak}{Unbroken(champion)}") : champion,
            main?.GainText ?? "", Gates(trial),
        ];
    }

    // the first gated metric is the one that the model's owner listed first
    private static MetricComparison? First(TrainedModel? model) => model is null ? null
        : MetricComparison.Of(model.Metrics).FirstOrDefault(metric => metric.Name == model.Spec.Gates.Metrics.Keys.FirstOrDefault());

    private static RichText Value(Metric? metric) => metric is null ? RichText.Empty
        : ReportText.Interval(metric) is { Length: > 0 } interval ? RichText.Of($"{TextRun.Strong(ReportText.Number(metric.Value))}{TextRun.LineBreak}{Unbroken(interval)}")
        : TextRun.Strong(ReportText.Number(metric.Value));

    private static RichText Gates(ModelTrial trial)
    {
        if (trial.Record?.Outcome.Gates is not { } gates)
            return Short(trial.Reason);
        GateVerdict[] failed = [.. gates.Verdicts.Where(verdict => !verdict.Passed)];
        return failed.Length == 0 ? $"{gates.Verdicts.Count} passed"
            : RichText.Of($"{TextRun.Strong($"{failed.Length} of {gates.Verdicts.Count} failed")}{TextRun.LineBreak}{Short(string.Join(", ", failed.Select(Describe)))}");
    }

    private static string Describe(GateVerdict verdict) => $"{verdict.Rule}{(verdict.Value is { } value ? $" {GateNumber.Text(value)}" : "")} ({verdict.Bound})";

    private static string Short(string text) => text.Length <= MaxLength ? text : $"{text[..MaxLength]}…";

    // on one line, because the narrow columns of a comment would also break after the dash
    private static string Unbroken(string text) => text.Replace(' ', '\u00a0').Replace("–", "–\u2060", StringComparison.Ordinal);
}
