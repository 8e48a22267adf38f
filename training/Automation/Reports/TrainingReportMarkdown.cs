using Slipway.Reporting;
using Slipway.Reporting.Markdown;

namespace Slipway.Automation.Reports;

/// <summary>A training job as GitHub-flavored Markdown, for a pull request: verdict, gates, metrics next to the champion's, slices, lineage.</summary>
public static class TrainingReportMarkdown
{
    public static string Of(TrainingRecord record) => MarkdownRenderer.Text(Section(record));

    public static Section Section(TrainingRecord record) => new(
        $"Training of {record.Lineage.Model}",
        [
            new Paragraph(ReportVerdict.Of(record), ParagraphStyle.Verdict),
            record.Model is { } model ? new Paragraph(model.Spec.Description) : null,
            .. Sections(record),
        ]);

    /// <summary>What follows the verdict, for a page with more than one job.</summary>
    public static IReadOnlyList<Section> Sections(TrainingRecord record) =>
    [
        .. new[]
        {
            record.Outcome.Gates is { } gates ? GateSection.Of(gates) : null,
            record.Model is { } model ? QualitySections.Metrics(model) : null,
            record.Model is { } sliced ? QualitySections.Slices(sliced, record.Outcome.Gates) : null,
            OriginSections.Lineage(record),
        }.OfType<Section>(),
    ];
}
