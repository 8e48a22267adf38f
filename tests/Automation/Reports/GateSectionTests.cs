using Slipway.Automation.Reports;
using Slipway.Registry.Gates;
using Slipway.Reporting.Markdown;
using Slipway.Reporting.Terminal;

namespace Slipway.Automation.Tests.Reports;

public sealed class GateSectionTests
{
    private static readonly GateReport Report = new(false, 3,
    [
        new("metric auc", true, 0.912, ">= 0.8", "auc on the holdout is 0.912, which is >= 0.8."),
        new("slice L auc", true, null, GatePolicy.ReportedOnly, "12 rows say too little."),
        new("metric recall", false, null, ">= 0.7", "recall on the holdout was not measured."),
    ]);

    [Test]
    public void WhatFailedComesFirst() => Assert.That(MarkdownRenderer.Lines(GateSection.Of(Report), level: 3), Is.EqualTo(new[]
    {
        "### Gates",
        "",
        "1 of 3 gates failed, compared with version 3.",
        "",
        "| Verdict | Gate | Value | Bound | Reason |",
        "|---|---|---:|---|---|",
        @"| **FAIL** | metric recall |  | \>= 0.7 | recall on the holdout was not measured. |",
        @"| pass | metric auc | 0.912 | \>= 0.8 | auc on the holdout is 0.912, which is >= 0.8. |",
        "| info | slice L auc |  | reported only | 12 rows say too little. |",
        "",
    }));

    [Test]
    public void BrieflyOnlyWhatFailedHasAReason() => Assert.That(TerminalRenderer.Lines(GateSection.Of(Report, briefly: true)), Is.EqualTo(new[]
    {
        "Gates",
        "  1 of 3 gates failed, compared with version 3.",
        "  Verdict  Gate           Value  Bound          Reason",
        "  FAIL     metric recall         >= 0.7         recall on the holdout was not measured.",
        "  pass     metric auc     0.912  >= 0.8",
        "  info     slice L auc           reported only",
    }));

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
        var lines = MarkdownRenderer.Lines(GateSection.Of(new(false, null, [new($"slice {text} auc", false, 0.5, ">= 0.8", text)])));

        Assert.That(lines[^2], Is.EqualTo($@"| **FAIL** | slice {expected} auc | 0.5 | \>= 0.8 | {expected} |"));
    }
}
