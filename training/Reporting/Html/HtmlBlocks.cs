using System.Globalization;

namespace Slipway.Reporting.Html;

/// <summary>Blocks as the elements of a page.</summary>
internal sealed class HtmlBlocks(HtmlWriter html)
{
    private const int DeepestHeading = 4;

    private readonly HtmlText _text = new(html);

    public void Write(IEnumerable<Block> blocks, int level)
    {
        foreach (var block in blocks)
            Write(block, level);
    }

    private void Write(Block block, int level)
    {
        switch (block)
        {
            case Section section:
                Section(section, level);
                break;
            case Paragraph paragraph:
                html.Element("p", Class(paragraph.Style == ParagraphStyle.Plain ? "" : paragraph.Style.ToString().ToLowerInvariant()), () => _text.Write(paragraph.Text));
                break;
            case Bullets bullets:
                html.Element("ul", [], () => Each("li", bullets.Items));
                break;
            case CodeBlock code:
                html.Element("pre", [], () => html.Element("code", [], () => html.Text(string.Join('\n', code.Lines))));
                break;
            case Details details:
                html.Element("details", details.Open ? [new("open", "open")] : [], () =>
                {
                    Each("summary", [details.Summary]);
                    Write(details.Blocks, level);
                });
                break;
            case Facts facts:
                html.Element("dl", Class("facts"), () => Facts(facts));
                break;
            case Table table:
                html.Element("div", Class("wide"), () => new HtmlTable(html, _text).Write(table));
                break;
            case Gallery gallery:
                html.Element("div", Class("plots"), () => Write(gallery.Figures, level));
                break;
            case Figure figure:
                Figure(figure);
                break;
            default:
                throw new NotSupportedException($"A page does not show a {block.GetType().Name}.");
        }
    }

    // top-level sections are cards, nested ones are not
    private void Section(Section section, int level)
    {
        void Content()
        {
            Each($"h{Math.Min(level, DeepestHeading).ToString(CultureInfo.InvariantCulture)}", [section.Heading]);
            Write(section.Blocks, level + 1);
        }

        if (level == 2)
            html.Element("section", section.Name is { } name ? [new("id", name)] : [], Content);
        else
            Content();
    }

    private void Facts(Facts facts)
    {
        foreach (var fact in facts.Items)
            html.Element("div", [], () =>
            {
                Each("dt", [fact.Name]);
                html.Element("dd", [], () => Value(fact));
            });
    }

    private void Value(Fact fact)
    {
        if (fact.Detail is null)
        {
            _text.Write(fact.Value);
            return;
        }

        html.Element("span", Class("large"), () => _text.Write(fact.Value));
        html.Element("br", []);
        html.Element("span", Class("quiet"), () => html.Text(fact.Detail));
    }

    // as an image, an SVG neither runs scripts nor shares its styles with the page
    private void Figure(Figure figure)
    {
        if (figure.Svg is { } svg)
            html.Element("figure", [], () => html.Element("img",
                [new("src", $"data:image/svg+xml;base64,{Convert.ToBase64String(svg)}"), new("alt", $"{figure.Title}. {figure.Description}")]));
    }

    private void Each(string element, IEnumerable<RichText> texts)
    {
        foreach (var text in texts)
            html.Element(element, [], () => _text.Write(text));
    }

    internal static IEnumerable<KeyValuePair<string, string>> Class(string name) => name.Length == 0 ? [] : [new("class", name)];
}
