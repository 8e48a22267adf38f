using System.Text;
using System.Xml;

namespace Slipway.Reporting.Html;

/// <summary>Writes elements and encoded text with an XML writer: the output is well-formed, and browsers read it as HTML.</summary>
public sealed class HtmlWriter
{
    private const string Xhtml = "http://www.w3.org/1999/xhtml";

    private static readonly XmlWriterSettings Settings = new() { OmitXmlDeclaration = true, NewLineHandling = NewLineHandling.None };

    // void elements have no end tag: all others need one, even if they are empty
    private static readonly HashSet<string> Void = ["br", "hr", "img", "input", "link", "meta", "wbr"];

    // each starts a new line, so that people can read the source
    private static readonly HashSet<string> Lines =
        ["body", "details", "div", "dl", "figure", "footer", "form", "h1", "h2", "h3", "h4", "head", "header", "html", "li", "link", "main", "meta", "nav", "ol", "p", "pre", "section", "style", "table", "tbody", "thead", "title", "tr", "ul"];

    private readonly XmlWriter _xml;

    private HtmlWriter(XmlWriter xml) => _xml = xml;

    public static string Document(Action<HtmlWriter> content)
    {
        var html = new StringBuilder("<!DOCTYPE html>");
        using (var xml = XmlWriter.Create(html, Settings))
            content(new(xml));
        return html.Append('\n').ToString();
    }

    public void Element(string name, IEnumerable<KeyValuePair<string, string>> attributes, Action? content = null)
    {
        if (Lines.Contains(name))
            _xml.WriteRaw("\n");
        _xml.WriteStartElement(name, Xhtml);
        foreach (var (attribute, value) in attributes)
            _xml.WriteAttributeString(attribute, MarkupText.Clean(value));
        content?.Invoke();
        if (Void.Contains(name))
            _xml.WriteEndElement();
        else
            _xml.WriteFullEndElement();
    }

    public void Text(string text) => _xml.WriteString(MarkupText.Clean(text));

    /// <param name="css">Trusted: it is not encoded.</param>
    public void Style(string css) => _xml.WriteRaw($"\n{css}\n");
}
