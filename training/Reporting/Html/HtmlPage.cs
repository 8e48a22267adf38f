using System.Text;

namespace Slipway.Reporting.Html;

/// <summary>
/// A self-contained HTML file with its styles and pictures, without scripts, and well-formed as XML. The same report
/// produces the same bytes.
/// </summary>
/// <param name="Report">Its own blocks are the head of the page; each section in it is a card.</param>
/// <param name="Title">The title of the browser's tab.</param>
/// <param name="Kind">The kind of report, shown above the heading.</param>
/// <param name="Good">Decides the color of the head.</param>
public sealed record HtmlPage(Section Report, string Title, string Kind, string Footer, bool Good)
{
    private const string Policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

    private static readonly string Style = ReadStyle();

    public string ToHtml() => HtmlWriter.Document(html => html.Element("html", [new("lang", "en")], () =>
    {
        html.Element("head", [], () => Head(html));
        html.Element("body", [], () => html.Element("main", [], () => Main(html)));
    }));

    private void Head(HtmlWriter html)
    {
        html.Element("meta", [new("charset", "utf-8")]);
        html.Element("meta", [new("name", "viewport"), new("content", "width=device-width, initial-scale=1")]);
        html.Element("meta", [new("http-equiv", "Content-Security-Policy"), new("content", Policy)]);
        html.Element("title", [], () => html.Text(Title));
        html.Element("style", [], () => html.Style(Style));
    }

    private void Main(HtmlWriter html)
    {
        var blocks = new HtmlBlocks(html);
        html.Element("header", [new("class", Good ? "good" : "bad")], () =>
        {
            html.Element("p", [new("class", "eyebrow")], () => html.Text(Kind));
            html.Element("h1", [], () => html.Text(Report.Heading));
            blocks.Write(Report.Blocks.Where(block => block is not Section), level: 2);
        });
        blocks.Write(Report.Blocks.OfType<Section>(), level: 2);
        html.Element("footer", [], () => html.Text(Footer));
    }

    private static string ReadStyle()
    {
        using var css = typeof(HtmlPage).Assembly.GetManifestResourceStream("report.css")!;
        using var reader = new StreamReader(css, Encoding.UTF8);
        return reader.ReadToEnd().TrimEnd();
    }
}
