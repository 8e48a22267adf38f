using Slipway.Build.Workflows.PullRequests;

namespace Slipway.Build.Tests.Workflows.PullRequests;

public sealed class CommentBodyTests
{
    private const string Run = "https://github.example/acme/slipway/actions/runs/42";

    [Test]
    public void BeginsWithItsMarker() => Assert.That(CommentBody.Of("gates/summary.md", "text\r\n\r\n", Run), Is.EqualTo("<!-- slipway:gates/summary.md -->\ntext"));

    [Test]
    public void ANameCannotEndTheMarker() => Assert.That(CommentBody.Marker("a--> <b>\n"), Is.EqualTo("<!-- slipway:a_____b__ -->"));

    [TestCase("cc @example/platform", "cc @\u200Bexample/platform")]
    [TestCase("(@somebody)", "(@\u200Bsomebody)")]
    [TestCase("`@somebody", "`@\u200Bsomebody")]
    [TestCase("&#64;somebody &#x40;somebody &commat;somebody", "@\u200Bsomebody @\u200Bsomebody @\u200Bsomebody")]
    [TestCase("model@sha256:00 and a@b.example", "model@sha256:00 and a@b.example")]
    [TestCase("@ home", "@ home")]
    public void ReportsToNobody(string text, string told) => Assert.That(CommentBody.Of("a", text, Run), Is.EqualTo($"<!-- slipway:a -->\n{told}"));

    [Test]
    public void WhatIsJustShortEnoughIsLeftWhole()
    {
        var text = new string('x', CommentBody.MaxLength - CommentBody.Marker("a").Length - 1);

        Assert.That(CommentBody.Of("a", text, Run), Has.Length.EqualTo(CommentBody.MaxLength).And.EndsWith("x"));
        Assert.That(CommentBody.Of("a", text + "x", Run), Has.Length.LessThan(CommentBody.MaxLength).And.EndsWith($"The [summary of the run]({Run}) has the rest."));
    }

    [Test]
    public void WhatIsOpenWhereItIsCutIsClosed()
    {
        var text = string.Join('\n', ["<details><summary>a</summary>", "", "````", "```", .. Enumerable.Repeat("</details> 0123456789", 10_000)]);

        var body = CommentBody.Of("a", text, run: null);

        Assert.That(body, Has.Length.LessThan(CommentBody.MaxLength));
        Assert.That(body, Does.Contain("\n</details> 0123456789\n````\n\n</details>\n\n**Truncated: the text exceeds"));
    }

    [Test]
    public void WhatIsClosedIsNotClosedAgain()
    {
        var text = string.Join('\n', ["<details><summary>a</summary></details>", "```", "x", "```", .. Enumerable.Repeat("0123456789", 10_000)]);

        Assert.That(CommentBody.Of("a", text, run: null), Does.Contain("0123456789\n\n**Truncated"));
    }
}
