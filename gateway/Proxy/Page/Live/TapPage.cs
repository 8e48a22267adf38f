using Slipway.Gateway.Page.Html;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Reporting.Html;

namespace Slipway.Gateway.Page.Live;

/// <summary>The last predictions, while somebody looks: which color and model answered, what, and how fast.</summary>
public sealed class TapPage(LiveTap tap)
{
    public PageContent Build(IQueryCollection query)
    {
        tap.Watch();
        Color? color = Colors.TryParse(query["color"], out var one) ? one : null;
        var model = query["model"].ToString() is { Length: > 0 } name && ModelName.IsValid(name) ? name : null;
        var last = tap.Last(color, model);
        return new("Live tap", "Live tap", html =>
        {
            html.Tag("div", [("class", "verdict")], () =>
            {
                html.Tag("h1", "What is answered now");
                html.Tag("p", $"The last {LiveTap.MaxPredictions} predictions that passed through this gateway since you opened this page. Inputs are not kept.");
            });
            Filter(html, color, model);
            if (last.Count == 0)
                html.Nothing($"No prediction{(model is null ? "" : $" of {model}")}{(color is { } asked ? $" on {asked.Word()}" : "")} has passed since then. Without a script, reload this page within {LiveTap.Look.TotalSeconds:0} s.");
            else
                Table(html, last);
        }, IsLive: true);
    }

    private static void Filter(HtmlWriter html, Color? color, string? model) => html.Tag("nav", [("class", "list"), ("aria-label", "Color")], () =>
    {
        foreach (var (name, value) in new[] { ("both colors", (Color?)null), ("blue", Color.Blue), ("green", Color.Green) })
            html.Tag("a", [
                ("href", $"/tap{QueryString.Create(new Dictionary<string, string?> { ["color"] = value?.Word(), ["model"] = model }.Where(pair => pair.Value is not null))}"),
                ("aria-current", value == color ? "true" : null)], () => html.Text(name));
        if (model is not null)
            html.Tag("a", [("href", "/tap")], () => html.Text($"all models, not only {model}"));
    });

    private static void Table(HtmlWriter html, IReadOnlyList<TappedPrediction> last) =>
        html.Table("Predictions", () =>
        {
            html.Tag("thead", [], () => html.Tag("tr", [], () =>
            {
                foreach (var (name, css) in new[] { ("At", null), ("Color", null), ("Model", null), ("Answer", null), ("Latency", "number"), ("Trace", (string?)null) })
                    html.Tag("th", [("scope", "col"), ("class", css)], () => html.Text(name));
            }));
            html.Tag("tbody", [], () =>
            {
                foreach (var prediction in last)
                    html.Tag("tr", [], () => Row(html, prediction));
            });
        });

    private static void Row(HtmlWriter html, TappedPrediction prediction)
    {
        html.Tag("td", $"{prediction.At.UtcDateTime:HH:mm:ss.f}");
        html.Tag("td", [], () =>
        {
            if (prediction.Color is { } color)
                html.Mark(color.Word(), color.Word());
            else
                html.Tag("span", "none", "quiet");
        });
        html.Tag("td", [], () => html.Name(prediction.Model.Length == 0 ? "no model" : prediction.Model));
        html.Tag("td", [], () =>
        {
            if (prediction.Status != 200)
                html.Mark(prediction.Status >= 500 ? "bad" : "warn", $"status {prediction.Status}");
            else
                html.Name(prediction.Answer ?? "not shown: too long, packed, or not JSON");
        });
        html.Tag("td", Words.Milliseconds(prediction.Elapsed.TotalMilliseconds), "number");
        html.Tag("td", [], () =>
        {
            if (prediction.Id is { } id)
                html.Tag("a", [("href", $"/prediction?id={Words.Url(id)}"), ("title", id)], () => html.Text("Trace"));
        });
    }
}
