using Slipway.Reporting;

namespace Slipway.Build.Cli.Output.Charts;

/// <summary>Horizontal bars with names.</summary>
/// <param name="Axis">The title of the value axis, with the unit.</param>
public sealed record BarChart(string Title, string Axis, IReadOnlyList<ChartBar> Bars)
{
    /// <summary>A chart with more bars is not readable.</summary>
    public const int MaxBars = 40;

    private const int HeadHeight = 110;
    private const int BarHeight = 28;

    // with less height, Mermaid omits the title of the value axis
    private const int MinHeight = 230;

    /// <returns>Null where there is nothing to draw.</returns>
    public Figure? ToFigure()
    {
        // a negative bar would grow from the end of the axis, and look like the largest
        ChartBar[] drawn = [.. Bars.Where(bar => double.IsFinite(bar.Value) && bar.Value >= 0).Take(MaxBars)];
        string[] series = [.. drawn.Select(bar => bar.Series).Distinct().Take(MermaidChart.Palette.Count)];
        drawn = [.. drawn.Where(bar => series.Contains(bar.Series))];
        if (drawn.Length == 0)
            return null;

        var scale = ChartScale.Of([.. drawn.Select(bar => bar.Value)]);
        // for every other series than its own, a bar has length zero
        string Value(ChartBar bar, string one) => MermaidChart.Number(bar.Series == one ? scale.Of(bar.Value) : -scale.High);
        return MermaidChart.Figure(
            Title,
            [
                .. MermaidChart.Head("xychart-beta horizontal", Title, Math.Max(MinHeight, HeadHeight + (BarHeight * drawn.Length))),
                $"    x-axis [{string.Join(", ", Names(drawn, series.Length > 1).Select(MermaidChart.Text))}]",
                scale.Axis(Axis),
                .. series.Select(one => $"    bar [{string.Join(", ", drawn.Select(bar => Value(bar, one)))}]"),
            ],
            series, drawn.Length == Bars.Count ? "" : $"{Bars.Count - drawn.Length} of {Bars.Count} cannot be drawn: not a number, below zero, or too many.");
    }

    // equal names would share one place on the axis
    private static IEnumerable<string> Names(IEnumerable<ChartBar> bars, bool withSeries)
    {
        var taken = new HashSet<string>();
        foreach (var bar in bars)
        {
            var name = withSeries ? $"{bar.Name}, {bar.Series}" : bar.Name;
            for (var times = 2; !taken.Add(MermaidChart.Text(name)); times++)
                name = $"{times}: {bar.Name}";
            yield return name;
        }
    }
}

/// <param name="Series">Bars of one series have one color; at most four colors are distinguishable.</param>
public sealed record ChartBar(string Name, double Value, string Series = "");
