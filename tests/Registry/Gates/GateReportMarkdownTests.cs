using Slipway.Registry.Gates;

namespace Slipway.Registry.Tests.Gates;

public sealed class GateReportMarkdownTests
{
    [Test]
    public void WritesATableWithFailuresFirst()
    {
        var report = new GateReport(false, 3,
        [
            new("metric auc", true, 0.912, ">= 0.8", "auc on the holdout is 0.912, which is >= 0.8."),
            new("metric recall", false, null, ">= 0.7", "recall on the holdout was not measured."),
        ]);

        Assert.That(GateReportMarkdown.Lines(report), Is.EqualTo(new[]
        {
            "1 of 2 gates failed, compared with version 3.",
            "",
            "| | gate | value | bound | reason |",
            "|---|---|---:|---|---|",
            @"| **FAIL** | metric recall |  | \>= 0.7 | recall on the holdout was not measured. |",
            @"| pass | metric auc | 0.912 | \>= 0.8 | auc on the holdout is 0.912, which is >= 0.8. |",
        }));
    }

    [TestCase("a|b", @"a\|b")]
    [TestCase("<img src=x>", "&lt;img src=x>")]
    [TestCase("two\r\nlines", "two lines")]
    [TestCase("ask @team", "ask `@team`")]
    [TestCase("*bold* _too_ `code`", @"\*bold\* \_too\_ \`code\`")]
    [TestCase(@"already \| escaped", @"already \\\| escaped")]
    [TestCase("[link](x)", @"\[link\](x)")]
    [TestCase("a\u0001b", "a\uFFFDb")]
    public void WordsOfAFileStayWords(string text, string expected)
    {
        var lines = GateReportMarkdown.Lines(new(false, null, [new($"slice {text} auc", false, 0.5, ">= 0.8", text)])).ToList();

        Assert.That(lines[^1], Is.EqualTo($@"| **FAIL** | slice {expected} auc | 0.5 | \>= 0.8 | {expected} |"));
    }
}
