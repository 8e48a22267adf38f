using Slipway.Gateway.Page.Html;
using Slipway.Gateway.Page.Reading;
using Slipway.Registry.Monitoring.Domains;
using Slipway.Registry.Monitoring.Drift;
using Slipway.Reporting.Html;

namespace Slipway.Gateway.Page.Models;

/// <summary>How far each column is from the training data, and from the bound beyond which that is drift.</summary>
public static class DriftPart
{
    private const int MaxColumns = 50;
    private const int MaxHistograms = 6;

    public static void Write(HtmlWriter html, DriftVerdict? verdict, IReadOnlyList<ColumnHistogram>? histograms)
    {
        if (verdict is null)
        {
            html.Nothing("No data yet, because no window of predictions has been complete and judged.");
            return;
        }
        html.Tag("p", [("class", "lead")], () => html.Name(verdict.Sentence));
        html.Tag("p", $"Version {verdict.Version}, {Words.Plural(verdict.Rows, "row")} in the {Words.Duration(verdict.Length)} from {Words.At(verdict.Start)}, counted by {Words.Plural(verdict.Replicas.Count, "server")}.", "quiet");
        var features = verdict.Features.Append(verdict.Output).OfType<FeatureDrift>().OrderByDescending(feature => feature.Ratio).ToList();
        if (features.Count > 0)
            Features(html, features, verdict.Output);
        if (features.Count > MaxColumns)
            html.Tag("p", $"The {MaxColumns} of {Words.Count(features.Count)} columns that are nearest to their bound.", "quiet");
        if (histograms is not null)
            html.Box("charts", () =>
            {
                foreach (var histogram in features.Take(MaxHistograms).Select(feature => histograms.FirstOrDefault(one => one.Name == feature.Name)).OfType<ColumnHistogram>())
                    Charts.Bars(html, histogram.Name, $"{histogram.Bins[0]} \u2026 {histogram.Bins[^1]}", histogram.Bins, ("training", histogram.Training), ("now", histogram.Window));
            });
        if (verdict.Problems.ToList() is { Count: > 0 } problems)
            html.Tag("ul", [], () =>
            {
                foreach (var problem in problems.Take(MaxColumns))
                    html.Tag("li", [], () =>
                    {
                        html.Name(problem.Name);
                        html.Text($": {Words.Of(problem.Check)} in {Words.Percent(problem.Share)}, {Words.Percent(problem.Expected)} in training");
                    });
            });
    }

    /// <summary>All columns together, as they were compared last.</summary>
    public static void Write(HtmlWriter html, DomainVerdict? verdict)
    {
        if (verdict is null)
        {
            html.Nothing("All columns together: no data yet, because the log was never compared with the training data. That happens once a day, on AWS or while Watch runs, and at once by ./build.sh --target=Drift.");
            return;
        }
        html.Tag("p", [("class", "lead")], () => html.Name(verdict.Sentence));
        html.Tag("p", $"Version {verdict.Version}, all columns together, {Words.Plural(verdict.Rows, "row")} from {Words.At(verdict.From)} to {Words.At(verdict.To)}.", "quiet");
        if (verdict.Columns.Count > 0)
            html.Table("Columns by which a classifier tells requests from the training data", () =>
            {
                html.Tag("thead", [], () => html.Tag("tr", [], () =>
                {
                    html.Tag("th", [("scope", "col")], () => html.Text("Column"));
                    html.Tag("th", [("scope", "col"), ("class", "number")], () => html.Text("Importance"));
                }));
                html.Tag("tbody", [], () =>
                {
                    foreach (var column in verdict.Columns)
                        html.Tag("tr", [], () =>
                        {
                            html.Tag("th", [("scope", "row")], () => html.Name(column.Name));
                            html.Tag("td", Words.Number(column.Importance), "number");
                        });
                });
            });
    }

    private static void Features(HtmlWriter html, IReadOnlyList<FeatureDrift> features, FeatureDrift? output) => html.Table("Drift by column", () =>
    {
        html.Tag("thead", [], () => html.Tag("tr", [], () =>
        {
            foreach (var (name, css) in new[] { ("Column", null), ("Drift", null), ("Distance to bound", "number"), ("Bound", "scale"), ("Values", (string?)"number extra") })
                html.Tag("th", [("scope", "col"), ("class", css)], () => html.Text(name));
        }));
        html.Tag("tbody", [], () =>
        {
            foreach (var feature in features.Take(MaxColumns))
                html.Tag("tr", [], () => Row(html, feature, ReferenceEquals(feature, output)));
        });
    });

    private static void Row(HtmlWriter html, FeatureDrift feature, bool isOutput)
    {
        html.Tag("th", [("scope", "row")], () =>
        {
            html.Name(feature.Name);
            if (isOutput)
                html.Tag("span", "predicted", "tag");
        });
        html.Tag("td", [], () => html.Mark(feature.Drifted ? "bad" : "good", feature.Drifted ? "drifted" : "none"));
        html.Tag("td", $"{Words.Rate(feature.Ratio)} times", "number");
        html.Tag("td", [("class", "scale")], () => Charts.Bound(
            html, feature.Drifted ? "bad" : "good", feature.Ratio, $"{Words.Rate(feature.Ratio)} times its bound: {string.Join(", ", feature.Distances.Select(distance => $"{Words.Of(distance.Statistic)} {Words.Number(distance.Value)} of {Words.Number(distance.Bound)}"))}"));
        html.Tag("td", Words.Count(feature.Values), "number extra");
    }
}
