using Slipway.Automation.Reports;
using Slipway.Build.Cli.Output.Charts;
using Slipway.Registry.Gates;
using Slipway.Registry.Lineages;
using Slipway.Registry.Models;
using Slipway.Reporting;

namespace Slipway.Build.Environments.Gates.Markdown;

/// <summary>A trial as charts: metrics next to the champion's, and the lineage.</summary>
internal static class TrialPictures
{
    private const int ShortHash = 12;

    // long names are left out of a chart
    private const string Less = "↓";

    /// <summary>The metrics that have a gate: those that matter to the owner of the model.</summary>
    public static Gallery Metrics(ModelTrial trial, TrainedModel model)
    {
        var gates = model.Spec.Gates;
        MetricComparison[] gated = [.. MetricComparison.Of(model.Metrics).Where(metric => metric.Name != MetricNames.Value && (gates.Metrics.ContainsKey(metric.Name) || gates.Champion?.ContainsKey(metric.Name) == true))];
        return new([.. new[]
        {
            Bars($"{trial.Model}, {Less} lower is better", "value", trial, gated.Where(metric => !MetricNames.HasUnitOfLabel(metric.Name))),
            Bars($"{trial.Model}, {Less} lower is better", model.Spec.Label, trial, gated.Where(metric => MetricNames.HasUnitOfLabel(metric.Name))),
        }.OfType<Figure>()]);
    }

    public static Figure? Lineage(string environment, ModelTrial trial, TrainingRecord record)
    {
        var lineage = record.Lineage;
        var dataset = lineage.Dataset;
        FlowNode[] nodes =
        [
            new([dataset.Key[(dataset.Key.LastIndexOf('/') + 1)..], $"{(dataset.Rows is { } rows ? $"{ReportText.Count(rows)} rows, " : "")}SHA-256 {Short(dataset.Sha256 ?? "unknown")}"]),
            new([$"model.json {Short(lineage.SpecSha256)}", $"commit {Short(lineage.Source.Commit)}{(lineage.Source.Dirty ? " with changes" : "")}"]),
            new([$"candidate of {trial.Model}", $"by {TreeLibrary.Named(lineage.Trainer, lineage.Environment.Libraries)}, seed {lineage.Seed}"], Strong: true),
            new([Outcome(trial)], Strong: true),
            .. trial.Champion is { } version ? new[] { new FlowNode([$"version {version}", $"live in {environment}"]) } : [],
        ];
        return new Flowchart(nodes,
        [
            new(0, 2, "trained on", Strong: true), new(1, 2, "trained as", Strong: true), new(2, 3, "judged", Strong: true),
            .. trial.Champion is null ? Array.Empty<FlowArrow>() : [new(4, 3, "on the same holdout", Strong: true)],
        ]).ToFigure();
    }

    private static Figure? Bars(string title, string axis, ModelTrial trial, IEnumerable<MetricComparison> metrics)
    {
        var champion = $"version {trial.Champion}";
        var bars = new List<ChartBar>();
        foreach (var metric in metrics)
        {
            bars.Add(new(Name(metric), metric.Candidate.Value, "candidate"));
            if (metric.Champion is { } other)
                bars.Add(new(Name(metric), other.Value, champion));
        }

        return new BarChart(title, axis, bars).ToFigure();
    }

    private static string Name(MetricComparison metric) => MetricDirection.LowerIsBetter(metric.Name) ? $"{metric.Name} {Less}" : metric.Name;

    private static string Outcome(ModelTrial trial) => trial switch
    {
        { Record.Outcome.Gates: { } gates } => $"{gates.Verdicts.Count(verdict => verdict.Passed)} of {gates.Verdicts.Count} gates passed",
        _ => TrialTable.Word(trial.Verdict),
    };

    private static string Short(string hash) => hash.Length > ShortHash ? hash[..ShortHash] : hash;
}
