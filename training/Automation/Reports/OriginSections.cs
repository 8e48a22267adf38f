using Slipway.Reporting;

namespace Slipway.Automation.Reports;

/// <summary>Where the model comes from, and what a person can do about it.</summary>
internal static class OriginSections
{
    public static Section Lineage(TrainingRecord record) => new(
        "Lineage",
        [
            new Paragraph("Everything that went into the job: the same lineage gives the same ONNX bytes.", ParagraphStyle.Quiet),
            Table.Pairs(ReportLineage.Of(record)),
        ],
        "lineage")
    { Folded = true };

    public static Section Commands(TrainingRecord record) => new(
        "What you can do",
        [
            record.Lineage.Source.Dirty ? new Paragraph("The job ran with uncommitted changes, so it cannot be reproduced from a commit.") : null,
            .. ReportCommands.Of(record).SelectMany(command => new Block[] { new Paragraph(command.Key), new CodeBlock([command.Value]) }),
        ],
        "commands");
}
