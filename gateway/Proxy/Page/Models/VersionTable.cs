using Slipway.Gateway.Page.Html;
using Slipway.Registry.Channels;
using Slipway.Registry.Costs;
using Slipway.Registry.Manifests;
using Slipway.Registry.Models;
using Slipway.Reporting.Html;

namespace Slipway.Gateway.Page.Models;

/// <summary>The versions of a model, newest first: what each reached, from what, and where its report is.</summary>
public static class VersionTable
{
    public static void Write(HtmlWriter html, ShownModel model, string? problem, DateTimeOffset now)
    {
        if (model.Versions.Count == 0)
        {
            html.Nothing(problem ?? "No version is registered yet.");
            return;
        }
        var metric = MetricNames.For(model.Versions[0].Schema.Task)[0];
        html.Table("Versions", () =>
        {
            html.Tag("thead", [], () => html.Tag("tr", [], () =>
            {
                foreach (var (name, css) in new[] { ("Version", null), (metric, "number"), ("Gates", null), ("Rows", "number"), ("Trainer", "extra"), ("Commit", "extra"), ("Registered", "extra"), ("Cost", "extra"), ("Report", (string?)null) })
                    html.Tag("th", [("scope", "col"), ("class", css)], () => html.Text(name));
            }));
            html.Tag("tbody", [], () =>
            {
                foreach (var version in model.Versions)
                    html.Tag("tr", [], () => Row(html, model, version, metric, now));
            });
        });
    }

    private static void Row(HtmlWriter html, ShownModel model, ModelManifest version, string metric, DateTimeOffset now)
    {
        html.Tag("th", [("scope", "row")], () =>
        {
            html.Tag("span", $"{version.Version}", "version");
            foreach (var color in model.On(version.Version))
                html.Mark(color.Word(), color.Word());
        });
        html.Tag("td", version.Metrics.Holdout.GetValueOrDefault(metric) is { } value ? Words.Number(value.Value) : "not measured", "number");
        html.Tag("td", [], () => html.Mark(version.Gates.Passed ? "good" : "bad", version.Gates.Passed ? "passed" : "failed"));
        html.Tag("td", version.Lineage.Dataset.Rows is { } rows ? Words.Count(rows) : "not counted", "number");
        html.Tag("td", [("class", "extra")], () => html.Name(version.Lineage.Imported is null ? version.Lineage.Trainer : "imported"));
        html.Tag("td", [("class", "extra")], () => html.Tag("code", $"{version.Lineage.Source.Commit[..Math.Min(10, version.Lineage.Source.Commit.Length)]}{(version.Lineage.Source.Dirty ? "+" : "")}"));
        html.Tag("td", [("class", "extra")], () => html.Tag("time", [("datetime", version.CreatedAt.ToString("O")), ("title", Words.At(version.CreatedAt))], () => html.Text(Words.Ago(version.CreatedAt, now))));
        html.Tag("td", CostText.Briefly(version.Lineage.Cost), "extra");
        html.Tag("td", [], () => html.Tag("a", [("href", $"/models/{Words.Url(model.Name)}/report?version={version.Version}")], () =>
        {
            html.Text("Report");
            html.Tag("span", $" of version {version.Version}", "hidden");
        }));
    }
}
