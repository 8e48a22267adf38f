using System.Text;
using Slipway.Registry;
using Slipway.Registry.Gates;

namespace Slipway.Automation.Reports;

/// <summary>The core of a training job as GitHub Markdown, for a pull request: verdict, gates, metrics beside the champion's, slices, lineage.</summary>
public static class TrainingReportMarkdown
{
    public static string Of(TrainingRecord record) => string.Join("\n", [Head(record), .. Sections(record).Select(section => section.Markdown)]);

    /// <summary>What follows the verdict, for a page that holds more than one job.</summary>
    public static IReadOnlyList<MarkdownSection> Sections(TrainingRecord record) =>
    [
        .. record.Outcome.Gates is { } gates ? [new("gates", $"### Gates\n\n{Lines(GateReportMarkdown.Lines(gates))}")] : Array.Empty<MarkdownSection>(),
        .. record.Model is { } model ? QualityOf(model, record.Outcome.Gates) : [],
        new("lineage", Lineage(record)),
    ];

    private static IEnumerable<MarkdownSection> QualityOf(TrainedModel model, GateReport? gates)
    {
        yield return new("metrics", Metrics(model));
        if (SliceTable.Of(model.Spec, model.Metrics, gates) is { Rows.Count: > 0 } slices)
            yield return new("slices", Slices(slices));
    }

    private static string Head(TrainingRecord record)
    {
        var head = new StringBuilder($"## Training of {Text(record.Lineage.Model)}\n\n**{Text(ReportVerdict.Of(record))}**\n");
        if (record.Model is { } model)
            head.Append($"\n{Text(model.Spec.Description)}\n");
        return head.ToString();
    }

    private static string Metrics(TrainedModel model)
    {
        var compared = model.Metrics.Champion is not null;
        return
            $"""
            ### Metrics

            On {ReportText.Count(model.Metrics.Data.HoldoutRows)} holdout rows, with 95 % bootstrap intervals.

            | metric | candidate | interval |{(compared ? " champion | interval | difference |" : "")}
            |---|---:|---:|{(compared ? "---:|---:|---:|" : "")}
            {Lines(MetricComparison.Of(model.Metrics).Select(metric => Row(metric, compared)))}
            """;
    }

    private static string Row(MetricComparison metric, bool compared) =>
        $"| {Text(metric.Name)} | {ReportText.Number(metric.Candidate.Value)} | {ReportText.Interval(metric.Candidate)} |" +
        (compared ? $" {(metric.Champion is { } champion ? $"{ReportText.Number(champion.Value)} | {ReportText.Interval(champion)}" : " | ")} | {metric.GainText} |" : "");

    private static string Slices(SliceTable table) =>
        $"""
        ### Slices

        | slice | rows |{string.Concat(table.Metrics.Select(name => $" {Text(name)} |"))} |
        |---|---:|{string.Concat(table.Metrics.Select(_ => "---:|"))}---|
        {Lines(table.Rows.Select(row => Row(row, table.Metrics)))}
        """;

    private static string Row(SliceRow row, IEnumerable<string> metrics) =>
        $"| {Text(row.Slice.Slice)} | {ReportText.Count(row.Slice.Rows)} |" +
        string.Concat(metrics.Select(name => $" {(row.Metric(name) is { } metric ? ReportText.Number(metric.Value) : "not defined")} |")) +
        $" {(row.Failed ? $"**{Text(row.Mark)}**" : row.Mark)} |";

    private static string Lineage(TrainingRecord record) =>
        $"""
        <details><summary>Lineage</summary>

        | | |
        |---|---|
        {Lines(ReportLineage.Of(record).Select(entry => $"| {entry.Key} | {Text(entry.Value)} |"))}
        </details>

        """;

    private static string Lines(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));

    private static string Text(string text) => MarkdownText.Escape(text);
}
