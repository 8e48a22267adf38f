using System.Globalization;
using System.Text;
using Slipway.Registry;
using Slipway.Registry.Lineages;
using Slipway.Registry.Models;
using Slipway.Trainer.Evaluation;

namespace Slipway.Trainer.Evidence;

/// <summary>
/// What a person needs to know before they trust a model: <c>model-card.md</c>, Markdown with YAML front matter.
/// Everything in it comes from the job; nothing in it changes when the job is run again.
/// </summary>
public sealed record ModelCard(ModelSpec Spec, ModelSchema Schema, ModelMetrics Metrics, TrainingEvidence Evidence)
{
    /// <summary>Everything else is made by the job; asked before it begins, because nobody likes to hear it afterwards.</summary>
    /// <exception cref="SlipwayException">The spec does not say what the model is for.</exception>
    public static void CheckDescription(ModelSpec spec)
    {
        if (string.IsNullOrWhiteSpace(spec.Description))
            throw new SlipwayException("model.json has an empty 'description'. Say in a sentence or two what the model is for: it is the head of the model card.");
    }

    public string ToMarkdown()
    {
        var card = new StringBuilder();
        foreach (var section in new[] { FrontMatter(), Purpose(), Data(), Quality(), Slices(), Limits(), Environment() })
            card.Append(section).Append('\n');
        return card.ToString().TrimEnd('\n') + "\n";
    }

    private string FrontMatter() => Text(
        $"""
        ---
        task: {Word(Spec.Task)}
        trainer: {Spec.Trainer}
        {(TreeLibrary.Of(Evidence.Libraries) is { } library ? Text($"tree_library: {library}\n") : "")}label: {Quoted(Spec.Label)}
        description: {Quoted(Spec.Description)}
        dataset_sha256: {Evidence.DatasetSha256}
        dataset_rows: {Evidence.Rows}
        onnx_sha256: {Evidence.OnnxSha256}
        seed: {Evidence.Seed}
        {(Schema.Threshold is { } threshold ? Text($"threshold: {threshold}\n") : "")}metrics:
        {Lines(Metrics.Holdout.Select(metric => Text($"  {metric.Key}: {metric.Value.Value:0.####}")))}
        ---

        # {MarkdownText.Escape(Spec.Description)}
        """);

    private string Purpose() => Text(
        $"""

        ## Intended use
        {Answer()}
        It is meant for rows like those it was trained on, as a help for people who decide, not instead of them.
        """);

    private string Data() => Text(
        $"""

        ## Data and split
        {Metrics.Data.Rows} rows, {Labels()}; SHA-256 `{Evidence.DatasetSha256}`.
        A hash of {(Spec.Id is { Count: > 0 } ids ? Names(ids) : "the whole row")} decides a row's side, so it stays there in every version of the dataset:
        {Metrics.Data.TrainingRows} for training, {Metrics.Data.ValidationRows} for validation (choices{(Schema.Threshold is null ? "" : ": the threshold")}), {Metrics.Data.HoldoutRows} held out (the metrics below).
        Never used as features: {Names([Spec.Label, .. Spec.Id ?? [], .. Spec.Ignore ?? []])}.

        | column | kind | seen in training | missing | when missing |
        |---|---|---|---|---|
        {Lines(Schema.Columns.Select(ColumnRow))}
        """);

    private string Quality() => Text(
        $"""

        ## Metrics
        On the holdout, through the exported ONNX model, with 95 % bootstrap intervals.{(Metrics.Champion is null ? "" : " The champion was scored on the same rows.")}

        | metric | value | 95 % interval |{(Metrics.Champion is null ? "" : " champion |")}
        |---|---|---|{(Metrics.Champion is null ? "" : "---|")}
        {Lines(Metrics.Holdout.Select(MetricRow))}
        """);

    private string Slices() => Metrics.Slices.Count == 0 ? "" : Text(
        $"""

        ## Slices
        | slice | rows | {string.Join(" | ", SliceMetricNames)} |
        |---|---|{string.Concat(SliceMetricNames.Select(_ => "---|"))}
        {Lines(Metrics.Slices.Select(SliceRow))}
        """);

    private string Limits() => Text(
        $"""

        ## Limits
        - The metrics rest on {Metrics.Data.HoldoutRows} holdout rows{Thin()}: read the intervals, not the last digits.
        - Values outside of the ranges above, and categories that training did not see, are answered with a warning; no metric speaks for them.
        - The holdout comes from the same dataset: it says nothing about other machines, sites or times.
        - An answer is no cause: the model finds what goes together in these rows.
        """);

    private string Environment() => Text(
        $"""

        ## Environment
        {Lines(TreeLibrary.Versions(Evidence.Libraries).Select(library => $"- {library.Key} {library.Value}"))}
        - architecture {Evidence.Architecture}
        - {Origin()}
        """);

    private string Origin() => Evidence.Trainer == TrainerNames.Outside
        ? "made elsewhere: how it was learned is not known here"
        : $"{TreeLibrary.Named(Evidence.Trainer, Evidence.Libraries)} with {string.Join(", ", Evidence.Hyperparameters.Select(parameter => $"{parameter.Key} {parameter.Value}"))}, seed {Evidence.Seed}";

    private string Answer() => Spec.Task switch
    {
        ModelTask.Binary => Text(
            $"""
            Estimates the probability that {MarkdownText.Code(Spec.Label)} is {Class(1)} (rather than {Class(0)}) from {Schema.Columns.Count} raw columns.
            From {Schema.Threshold:0.####} on the decision is positive; {ThresholdReason()}
            """),
        ModelTask.Multiclass => Text(
            $"""
            Estimates the probability of each {MarkdownText.Code(Spec.Label)} out of {Names(Schema.Classes ?? [])} from {Schema.Columns.Count} raw columns.
            The decision is the most probable one.
            """),
        _ => Text($"Estimates {MarkdownText.Code(Spec.Label)} from {Schema.Columns.Count} raw columns."),
    };

    private string Labels() => Metrics.Data switch
    {
        { LabelRate: { } rate } => Text($"{rate:P2} of them positive"),
        { ClassRates: { } rates } => string.Join(", ", rates.Select(rate => Text($"{rate.Value:P2} {MarkdownText.Code(rate.Key)}"))),
        { LabelValues: { } values } => Text($"{MarkdownText.Code(Spec.Label)} from {values.Minimum:0.####} to {values.Maximum:0.####}, mean {values.Mean:0.####}"),
        _ => "labels not described",
    };

    // what the intervals can not say: a class that nobody held out has no part in any metric
    private string Thin()
    {
        var rate = Metrics.Data.LabelRate is { } positive ? Math.Min(positive, 1 - positive) : Metrics.Data.ClassRates?.Values.Min();
        return rate is { } share ? Text($", about {share * Metrics.Data.HoldoutRows:0} of them of the rarest class") : "";
    }

    private string ThresholdReason() => (Spec.Threshold ?? ThresholdPolicy.Default) switch
    {
        { Fixed: not null } => "model.json fixes it.",
        { RecallAtLeast: { } recall } => Text($"it is the highest that finds at least {recall:P0} of the positives among the validation rows."),
        { MaximizeF: var beta } => Text($"it has the best F{beta} score on the validation rows."),
    };

    private string ColumnRow(ColumnSchema column)
    {
        var seen = column.Categories is { } categories ? Names(categories) : Text($"{column.Minimum} to {column.Maximum}");
        var missing = Metrics.Data.Missing[column.Name];
        return Text($"| {MarkdownText.Escape(column.Name)} | {(column.Categories is null ? "number" : "category")} | {seen} | {missing:P2} | {(column.Imputed is { } imputed ? Text($"{imputed} (median)") : "no category")} |");
    }

    private string MetricRow(KeyValuePair<string, Metric> metric)
    {
        var champion = Metrics.Champion is null ? "" : $" {Value(Metrics.Champion, metric.Key)} |";
        return Text($"| {metric.Key} | {metric.Value.Value:0.0000} | {metric.Value.Low:0.0000} to {metric.Value.High:0.0000} |{champion}");
    }

    /// <summary>The first few of the task, and those with a gate.</summary>
    private IReadOnlyList<string> SliceMetricNames =>
        [.. MetricNames.For(Spec.Task).Take(2).Union(Spec.Gates.Slices?.Metrics.Keys ?? [])];

    private string SliceRow(SliceMetrics slice) => Text(
        $"| {MarkdownText.Escape(slice.Slice)} | {slice.Rows} | {string.Join(" | ", SliceMetricNames.Select(name => Value(slice.Metrics, name)))} |");

    private static string Value(IReadOnlyDictionary<string, Metric> metrics, string name) =>
        metrics.TryGetValue(name, out var metric) ? Text($"{metric.Value:0.0000}") : "-";

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(MarkdownText.Code));

    private string Class(int index) => Schema.Classes is { } classes ? MarkdownText.Code(classes[index]) : "";

    private static string OneLine(string text) => string.Join(' ', text.Split((char[])['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static string Quoted(string text) =>
        $"\"{OneLine(text).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines);

    private static string Word(ModelTask task) => task.ToString().ToLowerInvariant();

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
