using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Slipway.Reporting.Charts;

namespace Slipway.Reporting.Tests.Charts;

public sealed class TimeChartTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Test]
    public void ValuesStandInOrderOfTimeWithTheirIntervals()
    {
        var svg = Draw(new TimeSeries("version 2", [new(At.AddDays(2), 0.9, 0.85, 0.95), new(At, 0.8, 0.7, 0.9), new(At.AddDays(1), 0.7)]));
        var dots = svg.Descendants(Svg + "circle").ToList();

        Assert.That(dots.Select(dot => Number(dot, "cx")), Is.Ordered.And.Exactly(3).Items);
        Assert.That(Number(dots[2], "cy"), Is.LessThan(Number(dots[0], "cy")), "a larger value is further up");
        Assert.That(svg.Descendants(Svg + "line").Count(line => line.Attribute("stroke")!.Value == ChartPalette.Blue), Is.EqualTo(2), "only two have an interval");
        Assert.That(Words(svg), Does.Contain("2026-11-02").And.Contain("2026-11-04").And.Contain("version 2"));
    }

    [Test]
    public void BoundIsDrawnWithItsName()
    {
        var svg = Parse((new TimeChart("t", "d", "u", [new("v", [new(At, 0.5)])]) { Bounds = [new("drift", 1)] }).ToFigure()!);

        Assert.That(Words(svg), Does.Contain("drift"));
        Assert.That(svg.Descendants(Svg + "line").Count(line => line.Attribute("stroke")!.Value == ChartPalette.Reference), Is.EqualTo(1));
    }

    [Test]
    public void WhatIsNotANumberIsLeftOutAndNothingLeftIsNoPicture()
    {
        Assert.That(Draw(new TimeSeries("v", [new(At, double.NaN), new(At, double.PositiveInfinity), new(At, 1, double.NaN, 2), new(At, 1)])).Descendants(Svg + "circle").Count(), Is.EqualTo(1));
        Assert.That(new TimeChart("t", "d", "u", [new("v", [new(At, double.NaN)])]).ToFigure(), Is.Null);
        Assert.That(new TimeChart("t", "d", "u", []).ToFigure(), Is.Null);
    }

    [Test]
    public void ManyValuesAreThinnedAndTheLastOneStays()
    {
        var svg = Draw(new TimeSeries("v", [.. Enumerable.Range(0, 10_000).Select(i => new TimePoint(At.AddHours(i), i))]));

        Assert.That(svg.Descendants(Svg + "circle").Count(), Is.LessThan(500));
        Assert.That(Number(svg.Descendants(Svg + "circle").Last(), "cx"), Is.EqualTo(616).Within(0.01), "the right end");
    }

    [Test]
    public void ForeignWordsStayWordsAndBothSchemesHaveColors()
    {
        const string Word = "<script>&\u0001";
        var svg = Draw(new TimeSeries(Word, [new(At, 1)]), Word);

        Assert.That(svg.Descendants().Select(element => element.Name.LocalName), Has.No.Member("script"));
        Assert.That(Words(svg), Does.Contain("<script>&\uFFFD"));
        Assert.That(svg.Descendants(Svg + "style").Single().Value, Does.Contain("prefers-color-scheme:dark"));
    }

    private static XElement Draw(TimeSeries series, string title = "t") => Parse(new TimeChart(title, "d", "u", [series]).ToFigure()!);

    private static XElement Parse(Figure figure) => XElement.Parse(Encoding.UTF8.GetString(figure.Svg!));

    private static IEnumerable<string> Words(XElement svg) => svg.Descendants(Svg + "text").Select(text => text.Value);

    private static double Number(XElement element, string attribute) => double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);
}
