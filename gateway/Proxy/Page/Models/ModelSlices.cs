using Slipway.Gateway.Page.Html;
using Slipway.Registry.Manifests;
using Slipway.Reporting.Html;

namespace Slipway.Gateway.Page.Models;

/// <summary>The metrics of the holdout rows that share a category.</summary>
public static class ModelSlices
{
    private const int MaxSlices = 50;

    public static void Write(HtmlWriter html, ModelManifest? manifest)
    {
        if (manifest is null || manifest.Metrics.Slices.Count == 0)
        {
            html.Nothing("The spec of this model names no slices.");
            return;
        }
        var slices = manifest.Metrics.Slices.Take(MaxSlices).ToList();
        var names = slices.SelectMany(slice => slice.Metrics.Keys).Distinct(StringComparer.Ordinal).Take(5).ToList();
        html.Table("Slices", () =>
        {
            html.Tag("thead", [], () => html.Tag("tr", [], () =>
            {
                html.Tag("th", [("scope", "col")], () => html.Text("Slice"));
                html.Tag("th", [("scope", "col"), ("class", "number")], () => html.Text("Rows"));
                foreach (var name in names)
                    html.Tag("th", [("scope", "col"), ("class", "number")], () => html.Text(name));
            }));
            html.Tag("tbody", [], () =>
            {
                foreach (var slice in slices)
                    html.Tag("tr", [], () =>
                    {
                        html.Tag("th", [("scope", "row")], () => html.Name(slice.Slice));
                        html.Tag("td", Words.Count(slice.Rows), "number");
                        foreach (var name in names)
                            html.Tag("td", slice.Metrics.GetValueOrDefault(name) is { } metric ? Words.Number(metric.Value) : "not measured", "number");
                    });
            });
        });
        if (manifest.Metrics.Slices.Count > MaxSlices)
            html.Tag("p", $"The first {MaxSlices} of {Words.Count(manifest.Metrics.Slices.Count)} slices of version {manifest.Version}; its report has all.", "quiet");
        else
            html.Tag("p", $"Of version {manifest.Version}.", "quiet");
    }
}
