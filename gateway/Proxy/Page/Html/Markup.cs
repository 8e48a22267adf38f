using Slipway.Reporting.Html;

namespace Slipway.Gateway.Page.Html;

/// <summary>The elements of the page. Text and attributes are encoded by the writer, whoever they come from.</summary>
public static class Markup
{
    /// <param name="attributes">Those that are null are left out.</param>
    public static void Tag(this HtmlWriter html, string name, IEnumerable<(string Name, string? Value)> attributes, Action? content = null) =>
        html.Element(name, attributes.Where(one => one.Value is not null).Select(one => KeyValuePair.Create(one.Name, one.Value!)), content);

    public static void Tag(this HtmlWriter html, string name, string text, string? css = null) =>
        html.Tag(name, [("class", css)], () => html.Text(text));

    public static void Box(this HtmlWriter html, string css, Action content) => html.Tag("div", [("class", css)], content);

    /// <summary>A name that somebody chose: whatever direction it is written in, it does not change that of the text around it.</summary>
    public static void Name(this HtmlWriter html, string text, string? css = null) => html.Tag("bdi", text, css);

    public static void Link(this HtmlWriter html, string href, string text, string? css = null) =>
        html.Tag("a", [("href", href), ("class", css)], () => html.Name(text));

    /// <summary>A command to copy: the page itself changes nothing.</summary>
    public static void Command(this HtmlWriter html, string command, string? what = null) => html.Box("command", () =>
    {
        if (what is not null)
            html.Tag("span", what, "quiet");
        html.Tag("pre", [("tabindex", "0")], () => html.Tag("code", command));
        html.Tag("button", [("type", "button"), ("class", "copy"), ("hidden", "hidden")], () => html.Text("Copy"));
    });

    /// <summary>A part of a page with its heading.</summary>
    /// <param name="name">For links to it.</param>
    public static void Part(this HtmlWriter html, string name, string heading, Action content) => html.Tag("section", [("id", name), ("aria-labelledby", $"{name}-heading")], () =>
    {
        html.Tag("h2", [("id", $"{name}-heading")], () => html.Text(heading));
        content();
    });

    /// <summary>A table that scrolls by itself where it is wider than the page.</summary>
    /// <param name="what">For people who cannot see it.</param>
    public static void Table(this HtmlWriter html, string what, string? css, Action content) =>
        html.Tag("div", [("class", css == "tall" ? "wide tall" : "wide"), ("tabindex", "0"), ("role", "region"), ("aria-label", $"Table: {what}")], () => html.Tag("table", [("class", css)], content));

    public static void Table(this HtmlWriter html, string what, Action content) => html.Table(what, null, content);

    /// <summary>In place of what is not there: why, in a sentence.</summary>
    public static void Nothing(this HtmlWriter html, string sentence) => html.Tag("p", sentence, "nothing");

    public static void Facts(this HtmlWriter html, IEnumerable<(string Name, Action Value)> facts) => html.Tag("dl", [("class", "facts")], () =>
    {
        foreach (var (name, value) in facts)
            html.Tag("div", [], () =>
            {
                html.Tag("dt", name);
                html.Tag("dd", [], value);
            });
    });

    /// <summary>A word with a mark in front of it: the color alone says nothing that the word does not.</summary>
    /// <param name="kind">good, bad, warn, busy, blue, green or none.</param>
    public static void Mark(this HtmlWriter html, string kind, string text) => html.Tag("span", [("class", $"mark {kind}")], () => html.Name(text));
}
