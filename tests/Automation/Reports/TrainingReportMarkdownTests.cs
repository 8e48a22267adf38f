using System.Text.RegularExpressions;
using Slipway.Automation.Reports;

namespace Slipway.Automation.Tests.Reports;

public sealed partial class TrainingReportMarkdownTests
{
    [Test]
    public void HoldsVerdictGatesMetricsSlicesAndLineage()
    {
        var lines = TrainingReportMarkdown.Of(TrainingRecords.Refused()).Split('\n');

        Assert.That(lines, Does.Contain("**Refused because 1 of 3 gates failed: slice Type=L auc 0.65 (>= 0.7).**"));
        Assert.That(lines, Does.Contain(@"| **FAIL** | slice Type=L auc | 0.65 | \>= 0.7 | auc of the 1200 rows with Type=L is 0.65. |"));
        Assert.That(lines, Does.Contain("| logLoss | lower is better | 0.2500 | 0.2000 – 0.3000 | 0.2000 |  | 0.0500 worse |"));
        Assert.That(lines, Does.Contain("| Type=L | 1,200 | 60 | 0.6500 | 0.6000 – 0.7000 | **below the floor: auc** |"));
        Assert.That(lines, Does.Contain("| dataset version | v1 |"));
    }

    [Test]
    public void FailedJobSaysWhyAndWhatItWasGiven() =>
        Assert.That(
            TrainingReportMarkdown.Of(TrainingRecords.Failed()),
            Does.Contain("**Failed: row 7: 'x' is not a number**").And.Contain("| dataset | datasets/pumps/pumps.csv |").And.Not.Contain("### Metrics"));

    [TestCase("a|b")]
    [TestCase("<script>alert(1)</script>")]
    [TestCase("line\nbreak **bold**")]
    public void WordsOfAFileBreakNoTable(string word)
    {
        var markdown = TrainingReportMarkdown.Of(TrainingRecords.Registered(word));

        Assert.That(markdown, Does.Not.Contain("<script").And.Not.Contain("break **bold"));
        foreach (var table in Table().Matches(markdown).Select(match => match.Value.TrimEnd('\n').Split('\n')))
            Assert.That(table.Select(line => Separator().Count(line)).Distinct().Count(), Is.EqualTo(1), string.Join('\n', table));
    }

    [GeneratedRegex(@"(^\|.*\n)+", RegexOptions.Multiline)]
    private static partial Regex Table();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Separator();
}
