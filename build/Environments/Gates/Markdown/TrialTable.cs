using Slipway.Automation.Reports;
using Slipway.Registry;
using Slipway.Registry.Gates;
using Slipway.Registry.Models;

namespace Slipway.Build.Environments.Gates.Markdown;

/// <summary>All trials at one glance: a row a model, what said no first.</summary>
internal static class TrialTable
{
    public const int MostRows = 100;

    private const int MostLetters = 600;

    /// <param name="environment">That the champions are from.</param>
    public static IEnumerable<string> Lines(string environment, IReadOnlyList<ModelTrial> trials) =>
    [
        $"| | model | metric | candidate | in {Text(environment)} | difference | gates |",
        "|---|---|---|---:|---:|---:|---|",
        .. trials.OrderByDescending(trial => trial.Verdict).Take(MostRows).Select(trial => Row(environment, trial)),
        .. trials.Count > MostRows ? new[] { "", $"{trials.Count - MostRows} more passed, or come after these." } : [],
    ];

    public static string Word(TrialVerdict verdict) => verdict switch
    {
        TrialVerdict.Passed => "pass",
        TrialVerdict.NotTried => "not tried",
        TrialVerdict.Refused => "**REFUSED**",
        _ => "**FAILED**",
    };

    private static string Row(string environment, ModelTrial trial)
    {
        var main = First(trial.Record?.Model);
        var champion = trial.Champion is { } version ? $"version {version}" : trial.Verdict == TrialVerdict.Failed && trial.Record is null ? "" : $"no version in {Text(environment)} yet";
        return $"| {Word(trial.Verdict)} | {Text(trial.Model)} | {Text(main?.Name ?? "")} | {Value(main?.Candidate)} " +
            $"| {(main?.Champion is { } metric ? $"{Value(metric)}<br>{Whole(champion)}" : champion)} | {main?.GainText} | {Gates(trial)} |";
    }

    // the first that has a gate is the one that its owner named first
    private static MetricComparison? First(TrainedModel? model) => model is null ? null
        : MetricComparison.Of(model.Metrics).FirstOrDefault(metric => metric.Name == model.Spec.Gates.Metrics.Keys.FirstOrDefault());

    private static string Value(Metric? metric) => metric is null ? "" : $"**{ReportText.Number(metric.Value)}**{(ReportText.Interval(metric) is { Length: > 0 } interval ? $"<br>{Whole(interval)}" : "")}";

    private static string Gates(ModelTrial trial)
    {
        if (trial.Record?.Outcome.Gates is not { } gates)
            return Text(Short(trial.Reason));
        GateVerdict[] failed = [.. gates.Verdicts.Where(verdict => !verdict.Passed)];
        return failed.Length == 0 ? $"{gates.Verdicts.Count} passed"
            : $"**{failed.Length} of {gates.Verdicts.Count} failed**<br>{Text(Short(string.Join(", ", failed.Select(Sight))))}";
    }

    private static string Sight(GateVerdict verdict) => $"{verdict.Rule}{(verdict.Value is { } value ? $" {GateNumber.Text(value)}" : "")} ({verdict.Bound})";

    private static string Short(string text) => text.Length <= MostLetters ? text : $"{text[..MostLetters]}…";

    // on one line: the narrow columns of a comment would be broken after the dash, too
    private static string Whole(string text) => text.Replace(" ", "&nbsp;", StringComparison.Ordinal).Replace("–", "–&#8288;", StringComparison.Ordinal);

    private static string Text(string text) => MarkdownText.Escape(text);
}
