using Slipway.Registry;
using Slipway.Registry.Lineages;
using Slipway.Registry.Models;
using Slipway.Reporting;
using Slipway.Reporting.Markdown;
using Slipway.Trainer.Evaluation;

namespace Slipway.Trainer.Evidence;

/// <summary>
/// What people need to know before they trust a model: <c>model-card.md</c>, Markdown with YAML front matter.
/// Everything in it comes from the job, and nothing in it changes when the job is run again.
/// </summary>
public sealed record ModelCard(ModelSpec Spec, ModelSchema Schema, ModelMetrics Metrics, TrainingEvidence Evidence)
{
    /// <summary>The job produces everything else; this is checked before it starts, because nobody likes to hear it afterwards.</summary>
    /// <exception cref="SlipwayException">The spec does not say what the model is for.</exception>
    public static void CheckDescription(ModelSpec spec)
    {
        if (string.IsNullOrWhiteSpace(spec.Description))
            throw new SlipwayException("model.json has an empty 'description'. Describe the purpose of the model in a sentence or two: it becomes the heading of the model card.");
    }

    public string ToMarkdown() =>
        $"{ModelCardHead.Of(this)}\n{MarkdownRenderer.Text(new Section(Spec.Description, [Purpose(), Data(), Quality(), Slices(), Limits(), Environment()]), level: 1)}";

    private Section Purpose() => new("Intended use",
    [
        new Paragraph(Answer()),
        new Paragraph("It is meant for rows like those it was trained on, as a help for people who decide, not instead of them."),
    ]);

    private Section Data() => new("Data and split",
    [
        new Paragraph(RichText.Of($"{Metrics.Data.Rows} rows, {Labels()}; SHA-256 {TextRun.Code(Evidence.DatasetSha256)}.")),
        new Paragraph(RichText.Of(
            $"A hash of {(Spec.Id is { Count: > 0 } ids ? Names(ids) : "the whole row")} decides a row's side, so it stays there in every version of the dataset: {Metrics.Data.TrainingRows} for training, {Metrics.Data.ValidationRows} for validation (choices{(Schema.Threshold is null ? "" : ": the threshold")}), {Metrics.Data.HoldoutRows} held out (the metrics below).")),
        new Paragraph(RichText.Of($"Never used as features: {Names([Spec.Label, .. Spec.Id ?? [], .. Spec.Ignore ?? []])}.")),
        new Table([new("column", ColumnStyle.RowHeader), "kind", "seen in training", "missing", "when missing"], [.. Schema.Columns.Select(ColumnRow)]),
    ]);

    private Section Quality()
    {
        var compared = Metrics.Champion is not null;
        return new("Metrics",
        [
            new Paragraph($"On the holdout, through the exported ONNX model, with 95 % bootstrap intervals.{(compared ? " The champion was scored on the same rows." : "")}"),
            new Table(
                [new("metric", ColumnStyle.RowHeader), "value", "95 % interval", .. compared ? new Column[] { "champion" } : []],
                [.. Metrics.Holdout.Select(metric => (IReadOnlyList<Cell>)
                [
                    metric.Key, RichText.Of($"{metric.Value.Value:0.0000}"), RichText.Of($"{metric.Value.Low:0.0000} to {metric.Value.High:0.0000}"),
                    .. Metrics.Champion is { } champion ? new[] { Value(champion, metric.Key) } : [],
                ])]),
        ]);
    }

    private Section? Slices()
    {
        // the first few of the task, and those with a gate
        string[] metrics = [.. MetricNames.For(Spec.Task).Take(2).Union(Spec.Gates.Slices?.Metrics.Keys ?? [])];
        return Metrics.Slices.Count == 0 ? null : new("Slices",
        [
            new Table(
                [new("slice", ColumnStyle.RowHeader), "rows", .. metrics.Select(name => new Column(name))],
                [.. Metrics.Slices.Select(slice => (IReadOnlyList<Cell>)[slice.Slice, RichText.Of($"{slice.Rows}"), .. metrics.Select(name => Value(slice.Metrics, name))])]),
        ]);
    }

    private Section Limits() => new("Limits",
    [
        new Bullets(
        [
            RichText.Of($"The metrics are based on {Metrics.Data.HoldoutRows} holdout rows{Thin()}: consider the intervals, not the last digits."),
            "For values outside the ranges above, and for categories that are not in the training data, predictions carry a warning; the metrics do not cover them.",
            "The holdout comes from the same dataset, so the metrics say nothing about other machines, sites or times.",
            "Predictions are based on correlations in these rows, which need not be causal.",
        ]),
    ]);

    private Section Environment() => new("Environment",
    [
        new Bullets(
        [
            .. TreeLibrary.Versions(Evidence.Libraries).Select(library => (RichText)$"{library.Key} {library.Value}"),
            $"architecture {Evidence.Architecture}",
            Origin(),
        ]),
    ]);

    private RichText Origin() => Evidence.Trainer == TrainerNames.Imported
        ? "imported: how it was trained is unknown"
        : RichText.Of($"{TreeLibrary.Named(Evidence.Trainer, Evidence.Libraries)} with {string.Join(", ", Evidence.Hyperparameters.Select(parameter => $"{parameter.Key} {parameter.Value}"))}, seed {Evidence.Seed}");

    private RichText Answer() => Spec.Task switch
    {
        ModelTask.Binary => RichText.Of(
            $"Estimates the probability that {TextRun.Code(Spec.Label)} is {Class(1)} (rather than {Class(0)}) from {Schema.Columns.Count} raw columns. From {Schema.Threshold:0.####} on the decision is positive; {ThresholdReason()}"),
        ModelTask.Multiclass => RichText.Of(
            $"Estimates the probability of each {TextRun.Code(Spec.Label)} out of {Names(Schema.Classes ?? [])} from {Schema.Columns.Count} raw columns. The decision is the most probable one."),
        _ => RichText.Of($"Estimates {TextRun.Code(Spec.Label)} from {Schema.Columns.Count} raw columns."),
    };

    private RichText Labels() => Metrics.Data switch
    {
        { LabelRate: { } rate } => RichText.Of($"{rate:P2} of them positive"),
        { ClassRates: { } rates } => RichText.Join(", ", rates.Select(rate => RichText.Of($"{rate.Value:P2} {TextRun.Code(rate.Key)}"))),
        { LabelValues: { } values } => RichText.Of($"{TextRun.Code(Spec.Label)} from {values.Minimum:0.####} to {values.Maximum:0.####}, mean {values.Mean:0.####}"),
        _ => "labels not described",
    };

    // the intervals do not show this: a class without holdout rows is in no metric
    private RichText Thin()
    {
        var rate = Metrics.Data.LabelRate is { } positive ? Math.Min(positive, 1 - positive) : Metrics.Data.ClassRates?.Values.Min();
        return rate is { } share ? RichText.Of($", about {share * Metrics.Data.HoldoutRows:0} of them of the rarest class") : RichText.Empty;
    }

    private RichText ThresholdReason() => (Spec.Threshold ?? ThresholdPolicy.Default) switch
    {
        { Fixed: not null } => "it is fixed in model.json.",
        { RecallAtLeast: { } recall } => RichText.Of($"it is the highest that finds at least {recall:P0} of the positives among the validation rows."),
        { MaximizeF: var beta } => RichText.Of($"it has the best F{beta} score on the validation rows."),
    };

    private IReadOnlyList<Cell> ColumnRow(ColumnSchema column) =>
    [
        column.Name, column.Categories is null ? "number" : "category",
        column.Categories is { } categories ? Names(categories) : RichText.Of($"{column.Minimum} to {column.Maximum}"),
        RichText.Of($"{Metrics.Data.Missing[column.Name]:P2}"),
        column.Imputed is { } imputed ? RichText.Of($"{imputed} (median)") : "no category",
    ];

    private static Cell Value(IReadOnlyDictionary<string, Metric> metrics, string name) =>
        metrics.TryGetValue(name, out var metric) ? RichText.Of($"{metric.Value:0.0000}") : "-";

    private static RichText Names(IEnumerable<string> names) => RichText.Join(", ", names.Select(name => (RichText)TextRun.Code(name)));

    private RichText Class(int index) => Schema.Classes is { } classes ? TextRun.Code(classes[index]) : RichText.Empty;
}
