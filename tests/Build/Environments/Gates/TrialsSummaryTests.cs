using System.Text.RegularExpressions;
using Slipway.Build.Environments.Gates;
using Slipway.Build.Environments.Gates.Markdown;

namespace Slipway.Build.Tests.Environments.Gates;

public sealed partial class TrialsSummaryTests
{
    [Test]
    public void RowSaysVerdictMetricOfBothDifferenceAndGates() => Assert.That(
        Lines(TrialRecords.Refused()),
        Does.Contain("| **REFUSED** | pumps | auc | **0.9000**<br>0.8500\u00a0–\u2060\u00a00.9500 | **0.8750**<br>0.8000\u00a0–\u2060\u00a00.9000<br>version\u00a03 " +
            "| 0.0250 better | **1 of 2 failed**<br>metric recall 0.5 (>= 0.7) |"));

    [Test]
    public void ModelWithoutAVersionSaysWhereThereIsNone() => Assert.That(
        Lines(TrialRecords.Passed(champion: null)),
        Does.Contain("| pass | pumps | auc | **0.9000**<br>0.8500\u00a0–\u2060\u00a00.9500 | no version in production yet |  | 2 passed |"));

    [Test]
    public void WhatFailedStandsFirstAndIsCounted()
    {
        var lines = Lines(TrialRecords.Passed("a"), TrialRecords.NotTrained("b"), TrialRecords.Refused("c"), TrialRecords.Broken("d"));

        Assert.That(lines[0], Is.EqualTo("## Model gate: 1 failed, 1 refused, 1 not trained, 1 passed"));
        Assert.That(
            lines.Where(line => Row().IsMatch(line)).Select(line => line.Split('|')[2].Trim()).Take(4), Is.EqualTo(new[] { "d", "c", "b", "a" }));
    }

    [Test]
    public void DetailsHoldGatesMetricsSlicesAndBothPictures()
    {
        var markdown = TrialsSummary.Of("production", [TrialRecords.Refused()]);

        Assert.That(markdown, Does.Contain("### Gates").And.Contain("### Metrics").And.Contain("### Slices").And.Contain("<summary>Lineage</summary>"));
        Assert.That(markdown, Does.Contain("xychart-beta").And.Contain("\"recall, candidate\", \"recall, version 3\"").And.Not.Contain("\"logLoss"), "only what has a gate");
        Assert.That(markdown, Does.Contain("flowchart LR").And.Contain("live in production").And.Contain("1 of 2 gates passed"));
    }

    [Test]
    public void WhatPassedIsFoldedAwayAndWhatDidNotIsOpen()
    {
        var lines = Lines(TrialRecords.Passed("a"), TrialRecords.Refused("b"));

        Assert.That(lines, Does.Contain("<details><summary><b>a</b>: pass, 2 of 2 gates</summary>"));
        Assert.That(lines, Does.Contain("<details open><summary><b>b</b>: REFUSED, 1 of 2 gates</summary>"));
    }

    [Test]
    public void ModelThatCannotBeReadHasARowWithTheReason() =>
        Assert.That(Lines(TrialRecords.Broken()), Does.Contain("| **FAILED** | pumps |  |  |  |  | 'label' is missing. |"));

    [Test]
    public void NothingToTryIsASentence() =>
        Assert.That(TrialsSummary.Of("production", []), Does.StartWith("## Model gate: no model to train\n").And.Not.Contain("|"));

    [Test]
    public void CommentTakesItHoweverMuchThereIs()
    {
        var trials = Enumerable.Range(0, 60).Select(number => number % 2 == 0 ? TrialRecords.Refused($"m{number}") : TrialRecords.Failed($"m{number}", new('x', 5000))).ToList();
        var markdown = TrialsSummary.Of("production", trials);

        Assert.That(markdown, Has.Length.AtMost(TrialsSummary.MaxCharacters));
        Assert.That(Lines([.. trials]).Count(line => Row().IsMatch(line)), Is.EqualTo(60), "the table itself is whole");
    }

    [Test]
    public void WhatIsLeftOutSaysSoAndTheLongestGoesFirst()
    {
        var markdown = TrialsSummary.Of("production", [.. Enumerable.Range(0, 40).Select(number => TrialRecords.Refused($"m{number}"))]);

        Assert.That(markdown, Has.Length.AtMost(TrialsSummary.MaxCharacters));
        Assert.That(markdown, Does.Contain("The lineage would make this page too long: see report.html among the artifacts of this run."));
        Assert.That(Gates().Count(markdown), Is.EqualTo(40), "the gates are short, and stay");
    }

    [Test]
    public void NothingIsLeftOutWhereThereIsRoom() =>
        Assert.That(TrialsSummary.Of("production", [TrialRecords.Refused("a"), TrialRecords.Passed("b")]), Does.Not.Contain("too long"));

    [TestCase("a|b")]
    [TestCase("<script>alert(1)</script>")]
    [TestCase("```\n## head")]
    [TestCase("</details>")]
    public void WordsOfAFileBreakNothing(string word)
    {
        var markdown = TrialsSummary.Of("production", [TrialRecords.Passed(word: word), TrialRecords.Failed("other", word), TrialRecords.Broken("third", word)]);

        Assert.That(markdown, Does.Not.Contain("<script").And.Not.Contain("\n## head"));
        Assert.That(Folded().Count(markdown), Is.EqualTo(Unfolded().Count(markdown)));
        foreach (var table in Table().Matches(markdown).Select(match => match.Value.TrimEnd('\n').Split('\n')))
            Assert.That(table.Select(line => Separator().Count(line)).Distinct().Count(), Is.EqualTo(1), string.Join('\n', table));
    }

    private static string[] Lines(params ModelTrial[] trials) => TrialsSummary.Of("production", trials).Split('\n');

    [GeneratedRegex(@"^\| (pass|not trained|\*\*REFUSED\*\*|\*\*FAILED\*\*) \| m?[a-z0-9]+ \| ([^|]*\|){5}$")]
    private static partial Regex Row();

    [GeneratedRegex("^### Gates$", RegexOptions.Multiline)]
    private static partial Regex Gates();

    [GeneratedRegex("<details")]
    private static partial Regex Folded();

    [GeneratedRegex("</details>")]
    private static partial Regex Unfolded();

    [GeneratedRegex(@"(^\|.*\n)+", RegexOptions.Multiline)]
    private static partial Regex Table();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Separator();
}
