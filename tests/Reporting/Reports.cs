using System.Text;

namespace Slipway.Reporting.Tests;

/// <summary>One report with everything that a report can hold, so that the renderers can be compared.</summary>
internal static class Reports
{
    public static Section Whole { get; } = new(
        "Training of pumps",
        [
            new Paragraph("All 2 gates passed.", ParagraphStyle.Verdict),
            new Paragraph("On 2,000 rows.", ParagraphStyle.Quiet),
            new Facts([new("auc", "0.9000", "0.85 – 0.95"), new("Training job", TextRun.Code("pumps-a1"))]),
            null,
            new Section(
                "Gates",
                [
                    new Table(
                        ["", new("Gate", ColumnStyle.RowHeader), new("Value", ColumnStyle.Number), new("Reason", ColumnStyle.Prose), new("", ColumnStyle.Bar)],
                        [
                            [TextRun.Mark(passed: false, "FAIL"), "metric auc", "0.65", RichText.Of($"below{TextRun.LineBreak}the {TextRun.Strong("floor")}"), Cell.Bar(0.5)],
                            [TextRun.Mark(passed: true, "pass"), "rows", "12,000", new TextRun("fine", TextStyle.Better), Cell.Bar(null)],
                        ]),
                    new Bullets(["one", RichText.Of($"two {TextRun.Code("x|y")}")]),
                ],
                "gates"),
            new Section("Lineage", [Table.Pairs([new("seed", "1"), new("commit", "abc")])], "lineage") { Folded = true },
            new Section(
                "More",
                [
                    new Details("Plan", [new CodeBlock(["./build.sh", "  --target=Train"])]),
                    new Gallery([new("Curve", "It falls.") { Svg = Encoding.UTF8.GetBytes("<svg/>"), Mermaid = ["flowchart LR"], Notes = ["1 left out"] }]),
                    new Paragraph(new TextRun("CVE-1", Link: "https://example.org/CVE-1")),
                ]),
        ]);

    /// <summary>The same text from elsewhere in every place that accepts one.</summary>
    public static Section Of(string word) => new(
        word,
        [
            new Paragraph(word),
            new Paragraph(word, ParagraphStyle.Verdict),
            new Paragraph(RichText.Of($"{TextRun.Quiet(word)}{TextRun.Code(word)}{TextRun.Strong(word)}{new TextRun(word, Link: word)}")),
            new Facts([new(word, word, word)]),
            new Bullets([word]),
            new CodeBlock([word]),
            new Table([word, new(word, ColumnStyle.RowHeader)], [[word, TextRun.Mark(passed: true, word)]]),
            new Details(word, [new Paragraph(word)]),
            new Figure(word, word) { Svg = Encoding.UTF8.GetBytes("<svg/>"), Notes = [word] },
            new Section(word, [new Section(word, [new Paragraph(word)]) { Folded = true }], "name"),
        ]);
}
