using System.Text;
using Slipway.Registry;

namespace Slipway.Automation;

/// <summary>The core of a training job as GitHub Markdown, for a pull request: verdict, gates, metrics beside the champion's, slices, lineage.</summary>
public static class TrainingReportMarkdown
{
    public static string Of(TrainingRecord record)
    {
        string[] sections =
        [
            Head(record),
            record.Outcome.Gates is { } gates ? $"### Gates\n\n{Lines(GateReportMarkdown.Lines(gates))}" : "",
            .. record.Model is { } model ? [Metrics(model), Slices(model, record.Outcome.Gates)] : Array.Empty<string>(),
            Lineage(record),
        ];
        return string.Join("\n", sections.Where(section => section.Length > 0));
    }

    private static string Head(TrainingRecord record)
    {
        var head = new StringBuilder($"## Training of {Text(record.Lineage.Model)}\n\n**{Text(ReportVerdict.Sentence(record.Outcome))}**\n");
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

            | metric | candidate | interval |{(compared ? " champion | difference |" : "")}
            |---|---:|---:|{(compared ? "---:|---:|" : "")}
            {Lines(MetricComparison.Of(model.Metrics).Select(metric => Row(metric, compared)))}
            """;
    }

    private static string Row(MetricComparison metric, bool compared) =>
        $"| {Text(metric.Name)} | {ReportText.Number(metric.Candidate.Value)} | {ReportText.Interval(metric.Candidate)} |" +
        (compared ? $" {(metric.Champion is { } champion ? ReportText.Number(champion.Value) : "")} | {metric.GainText} |" : "");

    private static string Slices(TrainedModel model, GateReport? gates)
    {
        var table = SliceTable.Of(model.Spec, model.Metrics, gates);
        return table.Rows.Count == 0 ? "" :
            $"""
            ### Slices

            | slice | rows |{string.Concat(table.Metrics.Select(name => $" {Text(name)} |"))} |
            |---|---:|{string.Concat(table.Metrics.Select(_ => "---:|"))}---|
            {Lines(table.Rows.Select(row => Row(row, table.Metrics)))}
            """;
    }

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
