using System.Text.RegularExpressions;
using Slipway.Reporting.Markdown;

namespace Slipway.Reporting.Tests.Markdown;

public sealed partial class MarkdownRendererTests
{
    [Test]
    public void IsGitHubMarkdown() => Assert.That(MarkdownRenderer.Text(Reports.Whole), Is.EqualTo(
        """
        ## Training of pumps

        **All 2 gates passed.**

        On 2,000 rows.

        |  |  |
        |---|---|
        | auc | 0.9000 (0.85 – 0.95) |
        | Training job | `pumps-a1` |

        ### Gates

        |  | Gate | Value | Reason |
        |---|---|---:|---|
        | **FAIL** | metric auc | 0.65 | below<br>the **floor** |
        | pass | rows | 12,000 | fine |

        - one
        - two `x\|y`

        <details><summary>Lineage</summary>

        |  |  |
        |---|---|
        | seed | 1 |
        | commit | abc |

        </details>

        ### More

        <details><summary>Plan</summary>

        ```
        ./build.sh
          --target=Train
        ```

        </details>

        ```mermaid
        flowchart LR
        ```

        1 left out

        [CVE-1](https://example.org/CVE-1)

        """));

    [TestCase("a|b")]
    [TestCase("<script>alert(1)</script>")]
    [TestCase("two\n\n## lines")]
    [TestCase("</details></summary>")]
    [TestCase("```")]
    [TestCase("- [x](https://evil.example) ![y](https://evil.example)")]
    [TestCase("ask @team, #1 and GH-1")]
    [TestCase("javascript:alert(1)")]
    [TestCase("https://evil.example/)<img src=x>")]
    [TestCase("\u0001 \uD800")]
    public void WordsOfOthersStayWords(string word)
    {
        var markdown = MarkdownRenderer.Text(Reports.Of(word));
        var outside = Code().Replace(Summary().Replace(Escaped().Replace(markdown, ""), ""), "");

        Assert.That(outside, Does.Not.Contain("<script").And.Not.Contain("<img").And.Not.Match(@"(^|\n)## lines|\]\(|!\[|@\w|#\d|GH-\d").And.Not.Contain("\u0001"));
        Assert.That(Summary().Matches(markdown).Select(summary => summary.Groups["words"].Value), Has.Exactly(2).Items.And.All.Not.Match("<(?!/?(b|code)>)"));
        Assert.That(markdown.Split('\n'), Has.Length.EqualTo(MarkdownRenderer.Text(Reports.Of("word")).Split('\n').Length), "no text starts a new line");
        Assert.That(Folded().Count(outside), Is.EqualTo(2));
        Assert.That(Unfolded().Count(outside), Is.EqualTo(2));
    }

    [Test]
    public void WordThatBeginsInOneRunAndEndsInAnotherMentionsNobody() =>
        Assert.That(
            MarkdownRenderer.Lines(new Paragraph(RichText.Of($"ask @{TextRun.Quiet("team")} of #{new TextRun("1", TextStyle.Better)}")))[0],
            Is.EqualTo("ask `@team` of `#1`"));

    [Test]
    public void ExclamationMarkMakesNoPictureOfALink() =>
        Assert.That(
            MarkdownRenderer.Lines(new Paragraph(RichText.Of($"look!{new TextRun("x", Link: "https://example.org/")}")))[0],
            Is.EqualTo(@"look\![x](https://example.org/)"));

    [Test]
    public void WhatIsLongerThanItsLimitsIsCutAndSaysSo()
    {
        var limits = new MarkdownLimits(Lines: 2, Letters: 3);
        var section = new Section("s", [new Table(["a"], [["1"], ["abcdef"], ["3"]]), new CodeBlock(["1", "abcdef", "3", "4"])]);

        Assert.That(MarkdownRenderer.Lines(section, limits: limits), Is.EqualTo(new[]
        {
            "## s", "", "| a |", "|---|", "| 1 |", "| abc… |", "", "... and 1 more rows; the log has them all.", "",
            "```", "1", "abc…", "... and 2 more lines; the log has them all.", "```", "",
        }));
    }

    [Test]
    public void FenceIsLongerThanAnyInIt() =>
        Assert.That(MarkdownRenderer.Lines(new CodeBlock(["a", "````", "b"])), Is.EqualTo(new[] { "`````", "a", "````", "b", "`````", "" }));

    [GeneratedRegex("<details")]
    private static partial Regex Folded();

    [GeneratedRegex("</details>")]
    private static partial Regex Unfolded();

    [GeneratedRegex(@"\\[^\w\s]")]
    private static partial Regex Escaped();

    // a line of HTML, which Markdown does not look into
    [GeneratedRegex("<summary>(?<words>.*?)</summary>")]
    private static partial Regex Summary();

    [GeneratedRegex(@"^(`{3,})\n.*?^\1$|(?<!`)(`+)(?!`).+?(?<!`)\2(?!`)", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Code();
}
