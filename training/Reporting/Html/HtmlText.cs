namespace Slipway.Reporting.Html;

/// <summary>Rich text as the elements within a line.</summary>
internal sealed class HtmlText(HtmlWriter html)
{
    public void Write(RichText text)
    {
        foreach (var run in text.Runs)
            Write(run);
    }

    private void Write(TextRun run)
    {
        if (run.Style == TextStyle.LineBreak)
            html.Element("br", []);
        else if (SafeLink.Of(run.Link) is { } link)
            html.Element("a", [new("href", link), new("rel", "noopener noreferrer")], () => Styled(run));
        else
            Styled(run);
    }

    private void Styled(TextRun run)
    {
        if (run.Style == TextStyle.Plain)
            html.Text(run.Text);
        else
            html.Element(Element(run.Style), HtmlBlocks.Class(Class(run.Style)), () => html.Text(run.Text));
    }

    private static string Element(TextStyle style) => style switch
    {
        TextStyle.Strong => "strong",
        TextStyle.Code => "code",
        _ => "span",
    };

    private static string Class(TextStyle style) => style switch
    {
        TextStyle.Quiet => "quiet",
        TextStyle.Better => "better",
        TextStyle.Worse => "worse",
        TextStyle.Passed => "mark good",
        TextStyle.Failed => "mark bad",
        TextStyle.Noted => "mark",
        _ => "",
    };
}
