using System.Diagnostics;
using Slipway.Reporting.Markdown;

namespace Slipway.Reporting.Tests.Markdown;

public sealed class MarkdownTextTests
{
    [TestCase("see https://evil.example/a_b?x=[1]&y=2 now", "see `https://evil.example/a_b?x=[1]&y=2` now")]
    [TestCase("HTTP://EVIL.EXAMPLE", "`HTTP://EVIL.EXAMPLE`")]
    [TestCase("(ftp://evil.example)", "`(ftp://evil.example)`")]
    [TestCase("www.evil.example", "`www.evil.example`")]
    [TestCase("mail somebody@evil.example.", "mail `somebody@evil.example.`")]
    [TestCase("s3://bucket/key", "`s3://bucket/key`")]
    public void LinksNobody(string text, string expected) => Assert.That(MarkdownText.Escape(text), Is.EqualTo(expected));

    [TestCase("@team", "`@team`")]
    [TestCase("cc @example/platform, please", "cc `@example/platform,` please")]
    [TestCase("fixes #1", "fixes `#1`")]
    [TestCase("example/slipway#12", "`example/slipway#12`")]
    [TestCase("GH-12 and gh-12", "`GH-12` and `gh-12`")]
    [TestCase("image@sha256:00", "`image@sha256:00`")]
    public void MentionsNobody(string text, string expected) => Assert.That(MarkdownText.Escape(text), Is.EqualTo(expected));

    [TestCase("passed :white_check_mark:", "passed `:white_check_mark:`")]
    [TestCase(":+1:", "`:+1:`")]
    [TestCase(@"$\color{red}{x}$", @"`$\color{red}{x}$`")]
    public void DrawsNothing(string text, string expected) => Assert.That(MarkdownText.Escape(text), Is.EqualTo(expected));

    [TestCase("# title", @"\# title")]
    [TestCase("###### title", @"\###### title")]
    [TestCase("#", @"\#")]
    [TestCase("> quote", @"\> quote")]
    [TestCase(">quote", @"\>quote")]
    [TestCase("- [x] done", @"\- \[x\] done")]
    [TestCase("+ item", @"\+ item")]
    [TestCase("-", @"\-")]
    [TestCase("1. item", @"1\. item")]
    [TestCase("12) item", @"12\) item")]
    [TestCase("---", @"\---")]
    [TestCase("- - -", @"\- - -")]
    [TestCase("===", @"\===")]
    [TestCase("    code", "code")]
    [TestCase("\tcode", "code")]
    [TestCase("\n# title", @"\# title")]
    [TestCase("```", @"\`\`\`")]
    [TestCase("~~~", @"\~\~\~")]
    public void BeginsNoBlock(string text, string expected) => Assert.That(MarkdownText.Escape(text), Is.EqualTo(expected));

    [TestCase("Air temperature [K]", @"Air temperature \[K\]")]
    [TestCase("-1.5", "-1.5")]
    [TestCase("1.5 mm", "1.5 mm")]
    [TestCase("at 12:30:15", "at 12:30:15")]
    [TestCase("C#, F# and a # in between", "C#, F# and a # in between")]
    [TestCase("a > b - c + d = e", "a > b - c + d = e")]
    [TestCase("@ home", "@ home")]
    [TestCase("key: value", "key: value")]
    [TestCase("", "")]
    [TestCase("   ", "")]
    public void LeavesWordsAsTheyAre(string text, string expected) => Assert.That(MarkdownText.Escape(text), Is.EqualTo(expected));

    [TestCase("@a`b", "``@a`b``")]
    [TestCase("`@team", "`` `@team ``")]
    [TestCase("@a|b", @"`@a\|b`")]
    [TestCase("<@x>", "`<@x>`")]
    public void CodeEndsWhereItShould(string text, string expected) => Assert.That(MarkdownText.Escape(text), Is.EqualTo(expected));

    [TestCase("plain", "`plain`")]
    [TestCase("two\nlines", "`two lines`")]
    [TestCase("``", "``` `` ```")]
    [TestCase("", "")]
    public void CodeIsAsItIs(string text, string expected) => Assert.That(MarkdownText.Code(text), Is.EqualTo(expected));

    [TestCase("<b>me</b> & @team", "&lt;b&gt;me&lt;/b&gt; &amp; <code>@team</code>")]
    [TestCase("*as* it_is | `x`\nnext", "*as* it_is | `x` next")]
    public void BetweenTagsItIsHtml(string text, string expected) => Assert.That(MarkdownText.InTag(text), Is.EqualTo(expected));

    [TestCase(":")]
    [TestCase(":1")]
    [TestCase("a")]
    [TestCase("-")]
    [TestCase("`")]
    [TestCase("#")]
    [TestCase("w")]
    public void TakesAsLongAsTheTextIs(string part)
    {
        var text = $":{string.Concat(Enumerable.Repeat(part, 400_000))}";
        var started = Stopwatch.GetTimestamp();

        Assert.That(MarkdownText.Escape(text), Is.Not.Empty);

        Assert.That(Stopwatch.GetElapsedTime(started), Is.LessThan(TimeSpan.FromSeconds(60)));
    }
}
