using Slipway.Automation.Reports;
using Slipway.Registry.Channels;
using Slipway.Registry.Costs;
using Slipway.Registry.Lineages;
using Slipway.Reporting;

namespace Slipway.Answers.ModelReports;

/// <summary>Where the live versions come from, and how their gates judged.</summary>
internal static class LiveSections
{
    public static IEnumerable<Section> Of(ModelReport report)
    {
        var versions = report.Live.GroupBy(live => live.Version).OrderByDescending(version => version.Key).ToList();
        if (versions.Count == 0)
        {
            yield return new("Lineage and gates", [ModelReportPage.NoData("no version is live")], "live");
            yield break;
        }

        foreach (var version in versions)
        {
            var colors = string.Join(" and ", version.Select(live => live.Color.Word()));
            yield return new(
                $"Version {ModelReportPage.Number(version.Key)}, live on {colors}",
                version.First().Manifest is { } manifest
                    ? [
                        new Section("Lineage", [Table.Pairs(Lineage(manifest.Lineage))]),
                        new Section("Metrics on the holdout", [Metrics(manifest.Metrics)]),
                        GateSection.Of(manifest.Gates, briefly: true),
                    ]
                    : [new Paragraph("Its manifest is gone, so nothing says where it comes from: restore it from a backup.", ParagraphStyle.Note)],
                $"version-{ModelReportPage.Number(version.Key)}");
        }
    }

    private static Table Metrics(Registry.Models.ModelMetrics metrics) => new(
        [new("Metric", ColumnStyle.RowHeader), new("Value", ColumnStyle.Number), new("95 % interval", ColumnStyle.Number)],
        [.. metrics.Holdout.Select(metric => (IReadOnlyList<Cell>)[metric.Key, ReportText.Number(metric.Value.Value), TextRun.Quiet(ReportText.Interval(metric.Value))])]);

    private static IEnumerable<KeyValuePair<string, string>> Lineage(Lineage lineage)
    {
        yield return new("training job", lineage.TrainingJob);
        yield return new("dataset", $"{lineage.Dataset.Key}, version {lineage.Dataset.Version}");
        yield return new("dataset SHA-256", lineage.Dataset.Sha256 ?? "not recorded");
        yield return new("commit", lineage.Source.Dirty ? $"{lineage.Source.Commit} with uncommitted changes: not reproducible" : lineage.Source.Commit);
        yield return new("trainer", TreeLibrary.Named(lineage.Trainer, lineage.Environment.Libraries));
        yield return new("image", $"{lineage.Environment.Image} ({lineage.Environment.Architecture})");
        yield return new("compared with", lineage.Parent is { } parent ? $"version {ModelReportPage.Number(parent)}" : "nothing: there was no champion");
        if (lineage.Cause is { } cause)
            yield return new("started because", cause.Sentence);
        yield return new("trained", ReportText.Time(lineage.StartedAt));
        yield return new("cost", CostText.Of(lineage.Cost));
    }
}
