using Slipway.Reporting.Terminal;

namespace Slipway.Reporting.Tests.Terminal;

public sealed class TerminalRendererTests
{
    [Test]
    public void AlignsAndWrapsNothing() => Assert.That(TerminalRenderer.Lines(Reports.Whole), Is.EqualTo(new[]
    {
        "Training of pumps",
        "  All 2 gates passed.",
        "  auc           0.9000  0.85 – 0.95",
        "  Training job  pumps-a1",
        "  Gates",
        "          Gate         Value  Reason",
        "    FAIL  metric auc    0.65  below the floor",
        "    pass  rows        12,000  fine",
        "    - one",
        "    - two x|y",
        "  Lineage",
        "    seed    1",
        "    commit  abc",
        "  More",
        "    Plan",
        "      ./build.sh",
        "        --target=Train",
        "    CVE-1",
    }));

    [TestCase("\u001b[2J\u001b[31mred")]
    [TestCase("\u009b2J")]
    [TestCase("a\rb\nc\u0007\b\t")]
    public void NoWordMovesTheCursorOrChangesAColor(string word)
    {
        var lines = TerminalRenderer.Lines(Reports.Of(word));

        Assert.That(lines.SelectMany(line => line).Where(char.IsControl), Is.Empty);
        Assert.That(lines, Has.Count.EqualTo(TerminalRenderer.Lines(Reports.Of("word")).Count), "no text starts a new line");
    }

    [Test]
    public void TableWithoutRowsHasItsHead() =>
        Assert.That(TerminalRenderer.Lines(new("None", [new Table(["a", "b"], [])])), Is.EqualTo(new[] { "None", "  a  b" }));
}
