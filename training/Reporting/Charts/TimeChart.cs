using System.Globalization;

namespace Slipway.Reporting.Charts;

/// <summary>Values over time, each with its interval if it has one, and the bounds that they should keep.</summary>
/// <param name="Description">What it shows, for people who cannot see it.</param>
/// <param name="Unit">The title of the vertical axis.</param>
public sealed record TimeChart(string Title, string Description, string Unit, IReadOnlyList<TimeSeries> Series)
{
    private const int Width = 640, Height = 300;
    private const int Top = 72, Right = 24, Bottom = 44, LeastLeft = 56, MostLeft = 120;
    private const int MaxPoints = 400, MaxLabels = 5, MaxNameLength = 40, MaxTitleLength = 60;

    private static readonly string[] Colors = [ChartPalette.Blue, ChartPalette.Orange, ChartPalette.Yellow];

    /// <summary>Horizontal lines, with their names.</summary>
    public IReadOnlyList<ChartBound> Bounds { get; init; } = [];

    /// <returns>Null if there is no value to show.</returns>
    public Figure? ToFigure()
    {
        var series = Series.Take(Colors.Length).Select(one => one with { Points = Thinned([.. one.Points.Where(IsFinite).OrderBy(point => point.At)]) }).ToList();
        var points = series.SelectMany(one => one.Points).ToList();
        return points.Count == 0 ? null : new(Title, Description) { Svg = Draw(series, points) };
    }

    private byte[] Draw(List<TimeSeries> series, List<TimePoint> points)
    {
        var values = points.SelectMany(point => new[] { point.Value, point.Low ?? point.Value, point.High ?? point.Value }).Concat(Bounds.Select(bound => bound.Value)).ToList();
        var scale = AxisScale.Of(values.Min(), values.Max(), steps: 4);
        var left = Math.Clamp(scale.Ticks.Max(tick => PlotText.Width(scale.Text(tick))) + 40, LeastLeft, MostLeft);
        var (first, last) = (points.Min(point => point.At), points.Max(point => point.At));
        var svg = new SvgDocument(Width, Height, PlotText.Shortened(Title, MaxTitleLength), Description);
        // a single moment stands in the middle
        double X(DateTimeOffset at) => left + ((last > first ? (at - first) / (last - first) : 0.5) * (Width - Right - left));
        double Y(double value) => Height - Bottom - ((value - scale.Low) / (scale.High - scale.Low) * (Height - Bottom - Top));

        foreach (var tick in scale.Ticks)
        {
            svg.Line(left, Y(tick), Width - Right, Y(tick), ChartPalette.Grid);
            svg.Text(left - 8, Y(tick) + 4, scale.Text(tick), SvgAnchor.End, "quiet");
        }

        foreach (var (at, text, anchor) in Moments(first, last))
            svg.Text(X(at), Height - Bottom + 20, text, anchor, "quiet");
        svg.TextTurned(16, (Top + Height - Bottom) / 2, PlotText.Shortened(Unit, MaxNameLength), -90, SvgAnchor.Middle, "");
        foreach (var bound in Bounds)
        {
            svg.Line(left, Y(bound.Value), Width - Right, Y(bound.Value), ChartPalette.Reference);
            svg.Text(Width - Right, Y(bound.Value) - 5, PlotText.Shortened(bound.Name, MaxNameLength), SvgAnchor.End, "quiet");
        }

        var legend = 24.0;
        foreach (var (one, color) in series.Zip(Colors).Where(pair => pair.First.Points.Count > 0))
        {
            foreach (var point in one.Points)
                if (point is { Low: { } low, High: { } high })
                    svg.Line(X(point.At), Y(low), X(point.At), Y(high), color);
            svg.Polyline(one.Points.Select(point => (X(point.At), Y(point.Value))), color);
            foreach (var point in one.Points)
                svg.Dot(X(point.At), Y(point.Value), one.Points.Count > 60 ? 1.5 : 3.5, color);
            var name = PlotText.Shortened(one.Name, MaxNameLength);
            svg.Swatch(legend, 40, color, 1);
            svg.Text(legend + 18, 50, name, SvgAnchor.Start, "quiet");
            legend += PlotText.Width(name) + 34;
        }

        return svg.Write();
    }

    private static IEnumerable<(DateTimeOffset At, string Text, SvgAnchor Anchor)> Moments(DateTimeOffset first, DateTimeOffset last)
    {
        var days = (last - first).TotalDays;
        var labels = last == first ? 1 : days < 2 ? MaxLabels - 1 : Math.Min(MaxLabels, (int)days + 1);
        for (var i = 0; i < labels; i++)
        {
            var at = labels == 1 ? first : first + ((last - first) * i / (labels - 1));
            yield return (
                at, at.UtcDateTime.ToString(days < 2 ? "MM-dd HH:mm" : "yyyy-MM-dd", CultureInfo.InvariantCulture),
                labels == 1 || (i > 0 && i < labels - 1) ? SvgAnchor.Middle : i == 0 ? SvgAnchor.Start : SvgAnchor.End);
        }
    }

    // every n-th, and the last
    private static List<TimePoint> Thinned(List<TimePoint> points) => points.Count <= MaxPoints
        ? points
        : [.. points.Where((_, i) => i % ((points.Count / MaxPoints) + 1) == 0 || i == points.Count - 1)];

    private static bool IsFinite(TimePoint point) =>
        double.IsFinite(point.Value) && (point.Low is not { } low || double.IsFinite(low)) && (point.High is not { } high || double.IsFinite(high));
}

/// <param name="Name">Shown in the legend.</param>
public sealed record TimeSeries(string Name, IReadOnlyList<TimePoint> Points);

/// <param name="Low">The lower end of its interval; null if it has none.</param>
/// <param name="High">The upper end.</param>
public sealed record TimePoint(DateTimeOffset At, double Value, double? Low = null, double? High = null);

/// <summary>A value that others are compared with.</summary>
public sealed record ChartBound(string Name, double Value);
