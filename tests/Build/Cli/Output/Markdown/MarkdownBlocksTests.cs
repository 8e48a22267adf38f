
namespace Slipway.Build.Tests.Cli.Output.Markdown;

public sealed class MarkdownBlocksTests
{
    [Test]
    public void Nothing_in_a_block_of_code_ends_it() =>
        Assert.That(MarkdownBlocks.Code(["a", "````", "b"]), Is.EqualTo(new[] { "`````", "a", "````", "b", "`````" }));

    [Test]
    public void What_is_collapsed_has_text_for_a_title() =>
        Assert.That(MarkdownBlocks.Collapsed("a_b <script>\n</summary>", ["x"]).First(), Is.EqualTo("<details><summary>a_b &lt;script&gt; &lt;/summary&gt;</summary>"));

    [Test]
    public void A_cell_can_not_become_two() =>
        Assert.That(MarkdownBlocks.Table(["name", "n:"], [["a|b\nc", "1"]]), Is.EqualTo(new[] { "| name | n |", "|---|---:|", "| a\\|b c | 1 |", "" }));

    [Test]
    public void A_long_table_ends() =>
        Assert.That(MarkdownBlocks.Table(["n"], [.. Enumerable.Range(0, 500).Select(at => new[] { $"{at}" })]), Has.Member("... and 100 more rows; the log has them all."));
}
