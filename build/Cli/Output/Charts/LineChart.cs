using Slipway.Reporting;

namespace Slipway.Build.Cli.Output.Charts;

/// <summary>Lines over the same points.</summary>
/// <param name="Axis">The title of the value axis, with the unit.</param>
/// <param name="Points">The names on the other axis, each once.</param>
public sealed record LineChart(string Title, string Axis, IReadOnlyList<string> Points, IReadOnlyList<ChartLine> Lines)
{
    private const int MaxPoints = 60;
    private const int Height = 360;

    /// <returns>Null if there is nothing to draw: a single point is not a line.</returns>
    public Figure? ToFigure()
    {
        ChartLine[] lines = [.. Lines.Take(MermaidChart.Palette.Count)];
        // a line has no gaps: a point that one of them lacks is omitted
        int[] whole = [.. Enumerable.Range(0, Points.Count).Where(at => lines.All(line => at < line.Values.Count && double.IsFinite(line.Values[at])))];
        int[] drawn = [.. whole.TakeLast(MaxPoints)];
        if (lines.Length == 0 || drawn.Length < 2)
            return null;

        var scale = ChartScale.Of([.. lines.SelectMany(line => drawn.Select(at => line.Values[at]))]);
        var leftOut = drawn.Length == Points.Count && lines.Length == Lines.Count ? ""
            : $"Shown: {drawn.Length} of {Points.Count} points, {lines.Length} of {Lines.Count} lines.";
        return MermaidChart.Figure(
            Title,
            [
                .. MermaidChart.Head("xychart-beta", Title, Height),
                $"    x-axis [{string.Join(", ", drawn.Select(at => MermaidChart.Text(Points[at])))}]",
                scale.Axis(Axis),
                .. lines.Select(line => $"    line [{string.Join(", ", drawn.Select(at => MermaidChart.Number(scale.Of(line.Values[at]))))}]"),
            ],
            [.. lines.Select(line => line.Name)], leftOut);
    }
}

/// <param name="Values">One per point; a value that is not a number is missing.</param>
public sealed record ChartLine(string Name, IReadOnlyList<double> Values);
