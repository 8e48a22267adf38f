using ScottPlot;
using ScottPlot.TickGenerators;
using Slipway.Reporting.Charts;

namespace Slipway.Trainer.Plots.Drawing;

/// <summary>
/// A plot that is being drawn: shapes by ScottPlot, text by <see cref="SvgDocument"/>. ScottPlot renders text with the fonts of the machine that it runs on,
/// and none if there are no fonts; so margins are fixed here, and the text is left to the browser's fonts.
/// </summary>
internal sealed class PlotCanvas : IDisposable
{
    private const int Width = 640;
    private const int Top = 72, Right = 24, Bottom = 52, SlantedBottom = 110;
    private const int MaxLabelLength = 30, MaxSlantedLength = 14, MaxTitleLength = 80, MaxUprightLength = 40;

    private readonly Plot _plot = new();
    private readonly SvgDocument _svg;
    private readonly PixelRect _area;
    private readonly PlotAxis _x, _y;
    private readonly bool _slanted;
    private double _legend = 24;

    /// <param name="description">The text alternative.</param>
    public PlotCanvas(string title, string description, PlotAxis x, PlotAxis y, int height = 400)
    {
        (_x, _y) = (x, y);
        _svg = new(Width, height, title, description);
        var left = (float)Math.Clamp(y.Marks.Max(mark => PlotText.Width(Label(mark))) + 46, 64, 260);
        _slanted = x.Marks.Any(mark => PlotText.Width(mark.Label) > (Width - Right - left) / x.Marks.Count);
        var bottom = _slanted ? SlantedBottom : Bottom;
        _area = new(left, Width - Right, height - bottom, Top);
        _plot.Layout.Fixed(new PixelPadding(left, Right, bottom, Top));
        _plot.FigureBackground.Color = _plot.DataBackground.Color = Colors.Transparent;
        _plot.Axes.SetLimits(x.Low, x.High, y.Reversed ? y.High : y.Low, y.Reversed ? y.Low : y.High);
        Prepare(_plot.Axes.Bottom, x);
        Prepare(_plot.Axes.Left, y);
        _plot.Axes.Top.IsVisible = _plot.Axes.Right.IsVisible = false;
        _plot.Grid.XAxisStyle.IsVisible = x.Grid;
        _plot.Grid.YAxisStyle.IsVisible = y.Grid;
        _plot.Grid.MajorLineColor = Color.FromHex(ChartPalette.Grid);
        WriteAxes(height);
    }

    public void Line(IEnumerable<(double X, double Y)> points, string color, float width = 2)
    {
        var all = points.ToList();
        var line = _plot.Add.ScatterLine(all.Select(point => point.X).ToArray(), all.Select(point => point.Y).ToArray(), Color.FromHex(color));
        line.LineWidth = width;
    }

    /// <summary>A thin dashed reference line. The style sheet dashes it: Skia would write each dash as a shape, and fail on the next shapes.</summary>
    public void Reference(double x1, double y1, double x2, double y2) => Line([(x1, y1), (x2, y2)], ChartPalette.Reference, 1);

    public void Dots(IEnumerable<(double X, double Y)> points, string color, float size = 7, double opacity = 1)
    {
        var all = points.ToList();
        _plot.Add.Markers(
            all.Select(point => point.X).ToArray(), all.Select(point => point.Y).ToArray(), MarkerShape.FilledCircle, size,
            Color.FromHex(color).WithAlpha(opacity));
    }

    public void Box(double left, double right, double bottom, double top, string color, double opacity = 1)
    {
        var box = _plot.Add.Rectangle(left, right, bottom, top);
        box.FillColor = Color.FromHex(color).WithAlpha(opacity);
        box.LineWidth = 0;
    }

    /// <summary>Text at axis coordinates, shifted by some pixels.</summary>
    public void Write(double x, double y, string text, SvgAnchor anchor = SvgAnchor.Middle, string style = "", double right = 0, double down = 4) =>
        _svg.Text(PixelX(x) + right, PixelY(y) + down, text, anchor, style);

    /// <summary>Adds an entry to the legend below the title, in the color of the shape that it explains.</summary>
    public void Explain(string text, string color, double opacity = 1)
    {
        var shown = PlotText.Shortened(text, MaxTitleLength);
        _svg.Swatch(_legend, 40, color, opacity);
        _svg.Text(_legend + 18, 50, shown, SvgAnchor.Start, "quiet");
        _legend += PlotText.Width(shown) + 34;
    }

    public byte[] ToSvg() => _svg.Write(_plot.GetSvgXml(_svg.Width, _svg.Height));

    public void Dispose() => _plot.Dispose();

    private static void Prepare(IAxis axis, PlotAxis plan)
    {
        var places = plan.Marks.Select(mark => mark.At).ToArray();
        axis.TickGenerator = new NumericManual(places, [.. places.Select(_ => "")]);
        axis.MajorTickStyle.Length = 0;
        axis.FrameLineStyle.Width = 0;
    }

    private void WriteAxes(int height)
    {
        foreach (var mark in _x.Marks)
            if (_slanted)
                _svg.TextTurned(PixelX(mark.At) + 4, _area.Bottom + 16, PlotText.Shortened(mark.Label, MaxSlantedLength), -40, SvgAnchor.End, "quiet");
            else
                _svg.Text(PixelX(mark.At), _area.Bottom + 18, mark.Label, SvgAnchor.Middle, "quiet");
        foreach (var mark in _y.Marks)
            _svg.Text(_area.Left - 8, PixelY(mark.At) + 4, Label(mark), SvgAnchor.End, "quiet");
        _svg.Text((_area.Left + _area.Right) / 2, height - 12, PlotText.Shortened(_x.Title, MaxTitleLength), SvgAnchor.Middle, "");
        _svg.TextTurned(20, (_area.Top + _area.Bottom) / 2, PlotText.Shortened(_y.Title, MaxUprightLength), -90, SvgAnchor.Middle, "");
    }

    private double PixelX(double x) => _area.Left + ((x - _x.Low) / (_x.High - _x.Low) * _area.Width);

    private double PixelY(double y)
    {
        var share = (y - _y.Low) / (_y.High - _y.Low);
        return _area.Bottom - ((_y.Reversed ? 1 - share : share) * _area.Height);
    }

    private static string Label(AxisMark mark) => PlotText.Shortened(mark.Label, MaxLabelLength);
}
