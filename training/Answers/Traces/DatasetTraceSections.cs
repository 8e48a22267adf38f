using System.Globalization;
using Slipway.Automation.Reports;
using Slipway.Registry.Channels;
using Slipway.Registry.Costs;
using Slipway.Reporting;

namespace Slipway.Answers.Traces;

/// <summary>What a dataset fed, as the sections of a report.</summary>
public static class DatasetTraceSections
{
    public static IReadOnlyList<Section> Of(TracedDataset traced) => [Jobs(traced), Served(traced)];

    private static Section Jobs(TracedDataset traced) => new(
        $"Training jobs of '{traced.Model}'",
        [
            new Table(
                [new("Training job", ColumnStyle.RowHeader), "Started", "Result", "Version", "Dataset", "Dataset version", new("Predictions", ColumnStyle.Number), new("Rows", ColumnStyle.Number), "Cost"],
                [.. traced.Jobs.Select(job => Row(traced, job))]),
        ],
        "jobs");

    private static IReadOnlyList<Cell> Row(TracedDataset traced, TracedJob job)
    {
        var tally = job.Version is { } version ? traced.Predictions.Of(version) : VersionTally.None;
        return
        [
            job.Job.Id, ReportText.Time(job.Job.Lineage.StartedAt), job.Job.Outcome is { } outcome ? ReportText.Word(outcome.Result) : "no outcome yet",
            job.Version is { } number ? Number(number) : "none", job.Job.Lineage.Dataset.Key, job.Job.Lineage.Dataset.Version,
            ReportText.Count(tally.Predictions), ReportText.Count(tally.Rows), CostText.Briefly(job.Job.Outcome?.Cost),
        ];
    }

    private static Section Served(TracedDataset traced)
    {
        var served = traced.Jobs.SelectMany(job => job.Served).OrderBy(period => period.From).ToList();
        return new(
            $"Where its versions of '{traced.Model}' served",
            [
                served.Count == 0
                    ? new Paragraph("Nowhere: no channel ever pointed to one of them.")
                    : new Table(
                        [new("Version", ColumnStyle.RowHeader), "Color", "From", "Until", "By", new("Reason", ColumnStyle.Prose), "History entry"],
                        [
                            .. served.Select(period => (IReadOnlyList<Cell>)
                            [
                                Number(period.Version), period.Color.Word(), ReportText.Time(period.From), period.Until is { } until ? ReportText.Time(until) : "now",
                                period.Entry.By, period.Entry.Reason, Number(period.Entry.Number),
                            ]),
                        ]),
            ],
            "served");
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
