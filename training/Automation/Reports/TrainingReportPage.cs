using Slipway.Registry.Costs;
using Slipway.Registry.Lineages;
using Slipway.Reporting;
using Slipway.Reporting.Html;

namespace Slipway.Automation.Reports;

/// <summary>The report of a training job as one HTML file. The same record produces the same bytes.</summary>
public static class TrainingReportPage
{
    public static string Of(TrainingRecord record) => new HtmlPage(
        new(record.Lineage.Model, [.. Head(record), .. Sections(record)]),
        Title: $"{record.Lineage.Model}: {(record.IsTrial ? "trial" : ReportText.Word(record.Outcome.Result))}, {record.Lineage.TrainingJob}",
        Kind: record.IsTrial ? "Trial of a change" : "Training report",
        Footer: record.IsTrial
            ? "Written during the trial of a change. The job and its results are not in any environment."
            : "Written by the automation when the job ended. It is stored next to the job's outcome.",
        Good: record.Outcome.Result == TrainingResult.Registered).ToHtml();

    private static IEnumerable<Block?> Head(TrainingRecord record) =>
    [
        record.Model is { } model ? new Paragraph(model.Spec.Description) : null,
        new Paragraph(ReportVerdict.Of(record), ParagraphStyle.Verdict),
        new Facts(
        [
            .. record.Model is null ? [] : QualitySections.Headline(record.Model),
            new("Training job", record.Lineage.TrainingJob),
            new("Ended", ReportText.Time(record.Outcome.At)),
            new("Cost", CostText.Briefly(record.Outcome.Cost)),
        ]),
    ];

    private static IEnumerable<Section?> Sections(TrainingRecord record) =>
    [
        record.Outcome.Gates is { } gates ? GateSection.Of(gates) : null,
        .. record.Model is { } model
            ? new[]
            {
                QualitySections.Metrics(model), QualitySections.Plots(model), QualitySections.Slices(model, record.Outcome.Gates),
                DataSections.Data(model), DataSections.Columns(model),
            }
            : [],
        OriginSections.Lineage(record),
        OriginSections.Commands(record),
    ];
}
