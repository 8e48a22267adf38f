using Slipway.Gateway.Options;
using Slipway.Gateway.Page.Assets;
using Slipway.Gateway.Page.Live;
using Slipway.Reporting.Html;

namespace Slipway.Gateway.Page.Html;

/// <summary>What every page has: head, navigation, and which gateway it comes from.</summary>
public sealed class PageFrame(GatewayOptions options, PageInstance instance)
{
    private static readonly (string Href, string Name)[] Places =
        [("/", "Overview"), ("/rollout", "Rollout"), ("/prediction", "Prediction"), ("/playground", "Playground"), ("/tap", "Live tap")];

    public string Render(PageContent page) => HtmlWriter.Document(html => html.Tag("html", [("lang", "en")], () =>
    {
        html.Tag("head", [], () => Head(html, page));
        html.Tag("body", [], () => Body(html, page));
    }));

    private static void Head(HtmlWriter html, PageContent page)
    {
        html.Tag("meta", [("charset", "utf-8")]);
        html.Tag("meta", [("name", "viewport"), ("content", "width=device-width, initial-scale=1")]);
        html.Tag("meta", [("name", "color-scheme"), ("content", "light dark")]);
        if (page.Refresh is { } next)
            html.Tag("meta", [("http-equiv", "refresh"), ("content", $"0;url={next}")]);
        html.Tag("title", $"{page.Title} \u00b7 Slipway");
        html.Tag("link", [("rel", "stylesheet"), ("href", PageAssets.Style.Path)]);
        html.Tag("link", [("rel", "icon"), ("href", "data:,")]);
        html.Tag("script", [("src", PageAssets.Script.Path), ("defer", "defer")]);
    }

    private void Body(HtmlWriter html, PageContent page)
    {
        html.Tag("a", [("href", "#content"), ("class", "skip")], () => html.Text("Skip to the content"));
        html.Tag("header", [], () =>
        {
            html.Tag("a", [("href", "/"), ("class", "brand")], () => html.Text("Slipway"));
            if (page.Place.Length > 0)
                Navigation(html, page.Place);
        });
        html.Tag("p", [("id", "connection"), ("role", "status"), ("hidden", "hidden")], () => { });
        html.Tag("main", [("id", "content"), ("data-live", page.IsLive ? "/events" : null), ("data-instance", instance.Id)], () => page.Write(html));
        html.Tag("footer", [], () =>
        {
            html.Text("Gateway ");
            html.Name(options.Gateway);
            html.Text(", release ");
            html.Name(options.Release);
            html.Text(". This page changes nothing: its actions are commands to copy.");
            if (!options.PrivateUrl.IsLoopback)
                html.Text(" On AWS, add --environment=<name> to them.");
        });
    }

    private static void Navigation(HtmlWriter html, string place) => html.Tag("nav", [("aria-label", "Pages")], () =>
    {
        foreach (var (href, name) in Places)
            html.Tag("a", [("href", href), ("aria-current", name == place ? "page" : null)], () => html.Text(name));
    });
}
