using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Slipway.Reporting.Charts;

/// <summary>
/// The file of a plot or chart: its shapes, and real text in the reader's own font. The same calls give the same bytes.
/// </summary>
public sealed partial class SvgDocument(int width, int height, string title, string description)
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private readonly List<XElement> _shapes = [];
    private readonly List<XElement> _words = [];

    public int Width => width;

    public int Height => height;

    public void Text(double x, double y, string text, SvgAnchor anchor, string style) =>
        _words.Add(Element("text", new XAttribute("x", Number(x)), new XAttribute("y", Number(y)), Anchored(anchor), Styled(style), MarkupText.Clean(text)));

    public void TextTurned(double x, double y, string text, int degrees, SvgAnchor anchor, string style) => _words.Add(Element(
        "text", new XAttribute("transform", $"translate({Number(x)} {Number(y)}) rotate({degrees})"), Anchored(anchor), Styled(style), MarkupText.Clean(text)));

    /// <summary>The small square in a legend.</summary>
    public void Swatch(double x, double y, string color, double opacity) => _words.Add(Element(
        "rect", new XAttribute("x", Number(x)), new XAttribute("y", Number(y)), new XAttribute("width", 11), new XAttribute("height", 11),
        new XAttribute("rx", 2), new XAttribute("fill", color), opacity < 1 ? new XAttribute("fill-opacity", Number(opacity)) : null));

    public void Line(double x1, double y1, double x2, double y2, string color, double width = 1) => _shapes.Add(Element(
        "line", new XAttribute("x1", Number(x1)), new XAttribute("y1", Number(y1)), new XAttribute("x2", Number(x2)), new XAttribute("y2", Number(y2)),
        new XAttribute("stroke", color), new XAttribute("stroke-width", Number(width))));

    public void Polyline(IEnumerable<(double X, double Y)> points, string color, double width = 2) => _shapes.Add(Element(
        "polyline", new XAttribute("points", string.Join(' ', points.Select(point => $"{Number(point.X)},{Number(point.Y)}"))),
        new XAttribute("fill", "none"), new XAttribute("stroke", color), new XAttribute("stroke-width", Number(width)), new XAttribute("stroke-linejoin", "round")));

    public void Dot(double x, double y, double radius, string color) => _shapes.Add(Element(
        "circle", new XAttribute("cx", Number(x)), new XAttribute("cy", Number(y)), new XAttribute("r", Number(radius)), new XAttribute("fill", color)));

    /// <summary>The file, with the shapes that were drawn here.</summary>
    public byte[] Write() => Write(_shapes);

    /// <param name="shapes">An SVG document of the same size.</param>
    public byte[] Write(string shapes) => Write(XDocument.Parse(WithOwnIds(shapes)).Root!.Elements());

    private byte[] Write(IEnumerable<XElement> shapes)
    {
        var root = Element(
            "svg", new XAttribute("width", width), new XAttribute("height", height), new XAttribute("viewBox", $"0 0 {width} {height}"),
            new XAttribute("role", "img"),
            Element("title", MarkupText.Clean(title)),
            Element("desc", MarkupText.Clean(description)),
            Element("style", ChartPalette.Style),
            Element("rect", new XAttribute("class", "page"), new XAttribute("width", width), new XAttribute("height", height)),
            shapes,
            Element("text", new XAttribute("x", 24), new XAttribute("y", 26), Styled("title"), MarkupText.Clean(title)),
            _words);

        using var bytes = new MemoryStream();
        using (var writer = XmlWriter.Create(bytes, new() { Encoding = new UTF8Encoding(false), OmitXmlDeclaration = true, NewLineHandling = NewLineHandling.Entitize }))
            root.Save(writer);
        return bytes.ToArray();
    }

    // Skia numbers its clip paths across the whole process: without this, a second job in it would write different bytes.
    private static string WithOwnIds(string shapes)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        return SkiaId().Replace(shapes, match =>
            known.TryGetValue(match.Value, out var own) ? own : known[match.Value] = $"clip{known.Count + 1}");
    }

    private static XElement Element(string name, params object?[] content) => new(Svg + name, content);

    private static XAttribute? Styled(string style) => style.Length == 0 ? null : new("class", style);

    private static XAttribute? Anchored(SvgAnchor anchor) => anchor == SvgAnchor.Start ? null : new("text-anchor", anchor == SvgAnchor.End ? "end" : "middle");

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\bcl_[0-9a-f]+\b")]
    private static partial Regex SkiaId();
}

public enum SvgAnchor
{
    Start,
    Middle,
    End,
}
