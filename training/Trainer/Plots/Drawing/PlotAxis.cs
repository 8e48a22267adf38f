using Slipway.Reporting.Charts;

namespace Slipway.Trainer.Plots.Drawing;

/// <param name="Title">The title, with the unit.</param>
/// <param name="Marks">The positions of grid lines and their labels.</param>
/// <param name="Reversed">The low end is at the top, because lists are read downwards.</param>
internal sealed record PlotAxis(string Title, double Low, double High, IReadOnlyList<AxisMark> Marks, bool Grid = true, bool Reversed = false)
{
    public static PlotAxis Of(string title, AxisScale scale, double padding = 0)
    {
        var more = (scale.High - scale.Low) * padding;
        return new(title, scale.Low - more, scale.High + more, [.. scale.Ticks.Select(tick => new AxisMark(tick, scale.Text(tick)))]);
    }

    /// <summary>One position per name, at 0, 1, 2 ...</summary>
    public static PlotAxis Names(string title, IEnumerable<string> names, bool reversed = false)
    {
        AxisMark[] marks = [.. names.Select((name, i) => new AxisMark(i, name))];
        return new(title, -0.5, marks.Length - 0.5, marks, Grid: false, reversed);
    }
}

internal sealed record AxisMark(double At, string Label);
