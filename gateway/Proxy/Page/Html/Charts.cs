using System.Globalization;
using System.Text;
using Slipway.Reporting.Html;

namespace Slipway.Gateway.Page.Html;

/// <param name="Css">Its color: blue, green or plain.</param>
/// <param name="Values">From left to right; null leaves a gap.</param>
public sealed record Line(string Name, string Css, IReadOnlyList<double?> Values);

/// <summary>
/// Pictures that are drawn here, without a script. Lengths stretch with the page, while strokes and dots keep their size; words are beside the picture, where
/// they can be read at any size.
/// </summary>
public static class Charts
{
    private const double Width = 1000;
    private const double Height = 100;

    /// <summary>Where the bound is drawn, so that what is beyond it still has room.</summary>
    private const double BoundAt = 700;

    public static void Lines(HtmlWriter html, string title, string ends, Func<double, string> text, IReadOnlyList<Line> lines, double? floor = 0, double? ceiling = null)
    {
        var known = lines.SelectMany(line => line.Values).OfType<double>().Where(double.IsFinite).ToList();
        if (known.Count == 0)
        {
            html.Nothing($"{title}: no data yet.");
            return;
        }
        var low = Math.Min(known.Min(), floor ?? known.Min());
        var high = Math.Max(known.Max(), ceiling ?? known.Max());
        if (high <= low)
            high = low + 1;
        html.Tag("figure", [("class", "chart")], () =>
        {
            html.Tag("figcaption", [], () => Caption(html, title, lines));
            html.Box("plot", () =>
            {
                html.Tag("span", text(high), "high");
                Svg(html, $"{title}: {string.Join("; ", lines.Select(line => $"{line.Name} {(line.Values.LastOrDefault(value => value is not null) is { } last ? text(last) : "no data")}"))}", () =>
                {
                    foreach (var line in lines)
                        Path(html, $"line {line.Css}", PathOf(line.Values, low, high));
                });
                html.Tag("span", text(low), "low");
            });
            html.Tag("p", ends, "ends");
        });
    }

    /// <summary>How far something is on the way to a bound: the bound is a line, and what has been reached is a bar.</summary>
    /// <param name="share">1 at the bound.</param>
    public static void Bound(HtmlWriter html, string css, double share, string description) => Svg(html, description, () =>
    {
        Rectangle(html, "track", 0, Width);
        Rectangle(html, $"fill {css}", 0, double.IsNaN(share) ? 0 : Math.Clamp(share * BoundAt, 0, Width));
        Path(html, "bound", $"M{Text(BoundAt)} 0V{Text(Height)}");
    }, "bar");

    /// <summary>A share of a whole as a bar.</summary>
    public static void Share(HtmlWriter html, string css, double share, string description) => Svg(html, description, () =>
    {
        Rectangle(html, "track", 0, Width);
        Rectangle(html, $"fill {css}", 0, double.IsNaN(share) ? 0 : Math.Clamp(share, 0, 1) * Width);
    }, "bar");

    /// <summary>A value and the bound that it has to be on the right side of, on a scale.</summary>
    public static void Scale(HtmlWriter html, string css, double low, double high, double value, double bound, string description)
    {
        double At(double number) => high > low ? Math.Clamp((number - low) / (high - low), 0, 1) * Width : 0;
        Svg(html, description, () =>
        {
            Rectangle(html, "track", 0, Width);
            Path(html, "bound", $"M{Text(At(bound))} 0V{Text(Height)}");
            Path(html, $"dot {css}", $"M{Text(At(value))} {Text(Height / 2)}h0");
        }, "bar");
    }

    /// <summary>Values with their intervals, from left to right.</summary>
    public static void Intervals(HtmlWriter html, string title, string ends, Func<double, string> text, IReadOnlyList<(string Name, double Value, double? Low, double? High)> points)
    {
        var all = points.SelectMany(point => new[] { point.Value, point.Low ?? point.Value, point.High ?? point.Value }).Where(double.IsFinite).ToList();
        if (all.Count == 0)
        {
            html.Nothing($"{title}: no data yet.");
            return;
        }
        var (low, high) = (all.Min(), all.Max());
        if (high <= low)
            (low, high) = (low - 0.5, high + 0.5);
        double X(int at) => (at + 0.5) * Width / points.Count;
        double Y(double value) => Height - (6 + ((Height - 12) * (value - low) / (high - low)));
        html.Tag("figure", [("class", "chart")], () =>
        {
            html.Tag("figcaption", title);
            html.Box("plot", () =>
            {
                html.Tag("span", text(high), "high");
                Svg(html, $"{title}: {string.Join(", ", points.TakeLast(20).Select(point => $"{point.Name} {text(point.Value)}"))}", () =>
                {
                    foreach (var (at, point) in points.Index())
                    {
                        if (point is { Low: { } from, High: { } to })
                            Path(html, "interval", $"M{Text(X(at))} {Text(Y(from))}V{Text(Y(to))}");
                        Path(html, "dot", $"M{Text(X(at))} {Text(Y(point.Value))}h0");
                    }
                });
                html.Tag("span", text(low), "low");
            });
            html.Tag("p", ends, "ends");
        });
    }

    /// <summary>Two distributions over the same bins, side by side.</summary>
    public static void Bars(
        HtmlWriter html, string title, string ends, IReadOnlyList<string> bins, (string Name, IReadOnlyList<double> Shares) one, (string Name, IReadOnlyList<double> Shares) other)
    {
        var high = Math.Max(one.Shares.Concat(other.Shares).DefaultIfEmpty().Max(), 0.01);
        var room = Width / Math.Max(1, bins.Count);
        html.Tag("figure", [("class", "chart")], () =>
        {
            html.Tag("figcaption", [], () =>
            {
                html.Name(title);
                html.Mark("plain", one.Name);
                html.Mark("blue", other.Name);
            });
            html.Box("plot", () =>
            {
                html.Tag("span", Words.Percent(high), "high");
                var furthest = bins.Count == 0 ? 0 : Enumerable.Range(0, bins.Count).MaxBy(bin => Math.Abs(one.Shares[bin] - other.Shares[bin]));
                Svg(html, bins.Count == 0 ? title : $"{title}: furthest apart at {bins[furthest]}, {Words.Percent(one.Shares[furthest])} {one.Name} and {Words.Percent(other.Shares[furthest])} {other.Name}", () =>
                {
                    for (var bin = 0; bin < bins.Count; bin++)
                    {
                        Column(html, "fill", (bin + 0.1) * room, 0.4 * room, one.Shares[bin] / high);
                        Column(html, "fill blue", (bin + 0.5) * room, 0.4 * room, other.Shares[bin] / high);
                    }
                });
            });
            html.Tag("p", [("class", "ends")], () => html.Name(ends));
        });
    }

    private static void Column(HtmlWriter html, string css, double x, double width, double share) =>
        html.Tag("rect", [("class", css), ("x", Text(x)), ("y", Text(Height * (1 - share))), ("width", Text(width)), ("height", Text(Height * share))]);

    private static void Caption(HtmlWriter html, string title, IReadOnlyList<Line> lines)
    {
        html.Text(title);
        if (lines.Count > 1)
            foreach (var line in lines)
                html.Mark(line.Css, line.Name);
    }

    private static void Svg(HtmlWriter html, string description, Action content, string? css = null) => html.Tag(
        "svg", [("class", css), ("viewBox", $"0 0 {Text(Width)} {Text(Height)}"), ("preserveAspectRatio", "none"), ("role", "img"), ("aria-label", description)], content);

    private static void Rectangle(HtmlWriter html, string css, double x, double width) =>
        html.Tag("rect", [("class", css), ("x", Text(x)), ("y", "0"), ("width", Text(width)), ("height", Text(Height))]);

    private static void Path(HtmlWriter html, string css, string path) =>
        html.Tag("path", [("class", css), ("d", path), ("vector-effect", "non-scaling-stroke")]);

    private static string PathOf(IReadOnlyList<double?> values, double low, double high)
    {
        var path = new StringBuilder();
        var isDown = false;
        for (var at = 0; at < values.Count; at++)
        {
            if (values[at] is not { } value || !double.IsFinite(value))
            {
                isDown = false;
                continue;
            }
            var x = values.Count == 1 ? Width / 2 : at * Width / (values.Count - 1);
            var y = Height - (4 + ((Height - 8) * (value - low) / (high - low)));
            path.Append(isDown ? 'L' : 'M').Append(Text(x)).Append(' ').Append(Text(y));
            if (!isDown && (at == values.Count - 1 || values[at + 1] is null))
                path.Append("h0"); // a single value is a dot
            isDown = true;
        }
        return path.ToString();
    }

    private static string Text(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
