using Slipway.Gateway.Page.Html;
using Slipway.Gateway.Page.Reading;
using Slipway.Registry.Manifests;
using Slipway.Registry.Models;
using Slipway.Registry.Monitoring.Quality;
using Slipway.Reporting.Html;

namespace Slipway.Gateway.Page.Models;

/// <summary>How good the predictions of a version were, as far as labels have arrived, and what is expected of those without.</summary>
public static class QualityPart
{
    private const int MaxDays = 30;
    private const int MaxSlices = 50;
    private const int MaxMetrics = 5;

    public static void Write(HtmlWriter html, ModelMonitoring monitoring, ModelManifest? manifest)
    {
        if (monitoring.Quality is not { } report || manifest is null || monitoring.Recent(manifest.Version) is not { } recent)
        {
            html.Nothing($"No data yet, because no labels have been joined with the predictions of this version. Send what really happened to POST /v2/models/{manifest?.Model ?? "<model>"}/feedback.");
            return;
        }
        foreach (var lost in report.Lost.Where(lost => lost.Version == manifest.Version).Take(3))
            html.Tag("p", [("class", "worse")], () => html.Name(lost.Reason));
        foreach (var lost in (report.EstimatedLost ?? []).Where(lost => lost.Version == manifest.Version).Take(3))
            html.Tag("p", [("class", "worse")], () => html.Name(lost.Reason));
        html.Tag("p", $"{Words.Count(recent.Labels)} of {Words.Plural(recent.Predictions, "predicted row")} of version {manifest.Version} in the last days {(recent.Labels == 1 ? "has" : "have")} a label{(recent.Coverage is { } coverage ? $" ({Words.Percent(coverage)})" : "")}.");
        if (recent.Value is { } value)
            html.Tag("p", [("class", "big")], () =>
            {
                html.Text(Words.Number(value));
                html.Name($" {report.ValueUnit ?? ""}");
                html.Tag("span", " value of the labeled predictions", "quiet small");
            });
        Metrics(html, manifest, recent);
        Slices(html, recent);
        Days(html, report, manifest);
        foreach (var problem in report.Problems.Take(3))
            html.Nothing(problem);
    }

    private static void Metrics(HtmlWriter html, ModelManifest manifest, VersionQuality recent) => html.Table("Quality in production", () =>
    {
        html.Tag("thead", [], () => html.Tag("tr", [], () =>
        {
            foreach (var (name, css) in new[] { ("Metric", null), ("In production", "number"), ("95 % interval", "number extra"), ("Estimate without labels", "number"), ("On the holdout", (string?)"number") })
                html.Tag("th", [("scope", "col"), ("class", css)], () => html.Text(name));
        }));
        html.Tag("tbody", [], () =>
        {
            foreach (var metric in recent.Metrics.Keys.Union(recent.Estimate.Keys, StringComparer.Ordinal))
                html.Tag("tr", [], () =>
                {
                    var measured = recent.Metrics.GetValueOrDefault(metric);
                    html.Tag("th", [("scope", "row")], () => html.Name(metric));
                    html.Tag("td", measured is null ? "no label yet" : Words.Number(measured.Value), "number");
                    html.Tag("td", measured is { Low: { } low, High: { } high } ? $"{Words.Number(low)} to {Words.Number(high)}" : measured is null ? "no label yet" : "too few labels", "number extra");
                    html.Tag("td", recent.Estimate.TryGetValue(metric, out var estimate) ? Words.Number(estimate) : "no estimate", "number");
                    html.Tag("td", manifest.Metrics.Holdout.GetValueOrDefault(metric) is { } known ? Words.Number(known.Value) : "not measured", "number");
                });
        });
    });

    private static void Slices(HtmlWriter html, VersionQuality recent)
    {
        if (recent.Slices.Count == 0)
            return;
        var names = recent.Slices.SelectMany(slice => slice.Metrics.Keys).Distinct(StringComparer.Ordinal).Take(MaxMetrics).ToList();
        html.Table("Slices in production", () =>
        {
            html.Tag("thead", [], () => html.Tag("tr", [], () =>
            {
                html.Tag("th", [("scope", "col")], () => html.Text("Slice"));
                html.Tag("th", [("scope", "col"), ("class", "number")], () => html.Text("Labels"));
                foreach (var name in names)
                    html.Tag("th", [("scope", "col"), ("class", "number")], () => html.Text(name));
            }));
            html.Tag("tbody", [], () =>
            {
                foreach (var slice in recent.Slices.Take(MaxSlices))
                    html.Tag("tr", [], () =>
                    {
                        html.Tag("th", [("scope", "row")], () => html.Name(slice.Slice));
                        html.Tag("td", Words.Count(slice.Labels), "number");
                        foreach (var name in names)
                            html.Tag("td", slice.Metrics.GetValueOrDefault(name) is { } metric ? Words.Number(metric.Value) : "too few labels", "number");
                    });
            });
        });
        if (recent.Slices.Count > MaxSlices)
            html.Tag("p", $"The first {MaxSlices} of {Words.Count(recent.Slices.Count)} slices; Report has all.", "quiet");
    }

    private static void Days(HtmlWriter html, QualityReport report, ModelManifest manifest)
    {
        var metric = MetricNames.For(manifest.Schema.Task)[0];
        var days = report.Versions.Where(one => one.Version == manifest.Version && one.Day is not null).OrderBy(one => one.Day).TakeLast(MaxDays).ToList();
        if (days.Count < 2)
            return;
        Charts.Lines(
            html, $"{metric} by day", $"{days[0].Day:yyyy-MM-dd} to {days[^1].Day:yyyy-MM-dd}", Words.Number,
            [
                new("measured", "blue", [.. days.Select(day => day.Metrics.GetValueOrDefault(metric)?.Value)]),
                new("estimated", "green", [.. days.Select(day => day.Estimate.TryGetValue(metric, out var estimate) ? (double?)estimate : null)]),
            ], floor: null);
    }
}
