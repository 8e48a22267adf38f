using Slipway.Build.Cli.Output.Charts;

namespace Slipway.Build.Tests.Cli.Output.Charts;

/// <summary>The text for Mermaid; a person checks the rendering, with <c>npm install mermaid</c> and a browser.</summary>
public sealed class MermaidChartTests
{
    [Test]
    public void BarsOfTwoSeriesHaveAColorEachAndTheirOwnPlaces()
    {
        var lines = new BarChart("Quality", "value", [new("auc", 0.9, "candidate"), new("auc", 0.8, "champion")]).ToFigure().Lines();

        Assert.That(lines[0], Is.EqualTo("```mermaid"));
        Assert.That(lines, Does.Contain("    x-axis [\"auc, candidate\", \"auc, champion\"]"));
        Assert.That(lines, Does.Contain("    y-axis \"value\" 0 --> 1"));
        Assert.That(lines, Does.Contain("    bar [0.9, -1]").And.Contain("    bar [-1, 0.8]"));
        Assert.That(lines, Does.Contain("🟦 candidate \u00a0 🟧 champion"));
        Assert.That(lines[^1], Is.Empty, "what follows in the Markdown is another paragraph");
    }

    [Test]
    public void BarsOfOneSeriesNeedNoLegend()
    {
        var lines = new BarChart("Rate", "requests/s", [new("slipway", 42_000), new("nginx", 10_900)]).ToFigure().Lines();

        Assert.That(lines, Does.Contain("    bar [42000, 10900]").And.Contain("    y-axis \"requests/s\" 0 --> 44100"));
        Assert.That(string.Join('\n', lines), Does.Not.Contain("🟦"));
    }

    [Test]
    public void NothingToDrawIsNoChart()
    {
        Assert.That(new BarChart("x", "y", []).ToFigure().Lines(), Is.Empty);
        Assert.That(new BarChart("x", "y", [new("a", double.NaN), new("b", double.PositiveInfinity)]).ToFigure().Lines(), Is.Empty);
        Assert.That(new LineChart("x", "y", ["a"], []).ToFigure().Lines(), Is.Empty);
        Assert.That(new LineChart("x", "y", ["a", "b"], [new("l", [1, double.NaN])]).ToFigure().Lines(), Is.Empty);
        Assert.That(new Flowchart([], []).ToFigure().Lines(), Is.Empty);
    }

    [Test]
    public void SaysWhatItLeftOut()
    {
        var bars = new BarChart("x", "y", [new("a", 1), new("b", double.NaN), new("c", -1)]).ToFigure().Lines();
        Assert.That(bars, Does.Contain("2 of 3 cannot be drawn: not a number, below zero, or too many.").And.Contain("    x-axis [\"a\"]"));

        var line = new LineChart("x", "y", ["1", "2", "3"], [new("l", [1, double.NaN, 3])]).ToFigure().Lines();
        Assert.That(line, Does.Contain("Shown: 2 of 3 points, 1 of 1 lines.").And.Contain("    line [1, 3]"));
    }

    [Test]
    public void HasNoMoreBarsThanCanBeSeen()
    {
        var lines = new BarChart("x", "y", [.. Enumerable.Range(0, 1000).Select(at => new ChartBar($"b{at}", at))]).ToFigure().Lines();

        Assert.That(lines, Does.Contain("960 of 1000 cannot be drawn: not a number, below zero, or too many."));
    }

    [TestCase(1.5e300, "(in 1e300)", "1.5")]
    [TestCase(2_500_000, "(in 1e6)", "2.5")]
    [TestCase(0.00042, "(in 1e-6)", "420")]
    [TestCase(double.Epsilon, "(in 1e-324)", "4.940656")]
    public void NumbersThatFitNoAxisAreShownByPowersOfTen(double value, string unit, string shown)
    {
        var lines = new BarChart("x", "y", [new("a", value)]).ToFigure().Lines();

        Assert.That(lines, Does.Contain($"    bar [{shown}]"));
        Assert.That(lines.Single(line => line.Contains("y-axis")), Does.Contain(unit));
    }

    [Test]
    public void OnlyZerosStillHaveAnAxis() =>
        Assert.That(new BarChart("x", "y", [new("a", 0)]).ToFigure().Lines(), Does.Contain("    y-axis \"y\" 0 --> 1"));

    [Test]
    public void TheSameNameTwiceStaysTwoBars() =>
        Assert.That(new BarChart("x", "y", [new("a", 1), new("a", 2), new("a", 3)]).ToFigure().Lines(), Does.Contain("    x-axis [\"a\", \"2: a\", \"3: a\"]"));

    [TestCase("a\"] b", "\"a#quot;] b\"")]
    [TestCase("<script>", "\"#lt;script#gt;\"")]
    [TestCase("#quot;", "\"#35;quot;\"")]
    [TestCase("two\r\nlines\u0007", "\"two  lines\uFFFD\"")]
    [TestCase("`*bold*`", "\"#96;*bold*#96;\"")]
    [TestCase("", "\" \"")]
    [TestCase("&lt;", "\"#amp;lt;\"")]
    public void ALabelIsTextAndNothingElse(string label, string shown) =>
        Assert.That(MermaidLabel(label), Is.EqualTo(shown));

    [TestCase("%%{init: {}}%%")]
    [TestCase("%%%%%")]
    public void ALabelIsNoDirective(string label) => Assert.That(MermaidLabel(label), Does.Not.Contain("%%"));

    [Test]
    public void ALongLabelIsCutBetweenLetters() =>
        Assert.That(MermaidLabel(string.Concat(Enumerable.Repeat("😀", 100))), Is.EqualTo($"\"{string.Concat(Enumerable.Repeat("😀", 59))}…\""));

    [Test]
    public void AFlowchartShowsWhatIsUsedAndWhatStandsOut()
    {
        var lines = new Flowchart([new(["gateway"]), new(["blue, live", "churn version 3"], Strong: true), new(["green"])], [new(0, 1, "90 %", Strong: true), new(0, 2, "10 %", Strong: false)]).ToFigure().Lines();

        Assert.That(lines, Is.EqualTo(new[]
        {
            "```mermaid", "flowchart LR", "    n0[\"gateway\"]", "    n1[\"blue, live<br/>churn version 3\"]", "    n2[\"green\"]",
            "    n0 ==>|\"90 %\"| n1", "    n0 -.->|\"10 %\"| n2", "    style n1 stroke:#2f81f7,stroke-width:3px", "```", "",
        }));
    }

    private static string MermaidLabel(string text) =>
        new BarChart("x", "y", [new(text, 1)]).ToFigure().Lines().Single(line => line.Contains("x-axis"))["    x-axis [".Length..^1];
}
