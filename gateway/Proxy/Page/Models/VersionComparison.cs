using System.Globalization;
using Slipway.Gateway.Page.Html;
using Slipway.Registry.Costs;
using Slipway.Registry.Gates;
using Slipway.Registry.Manifests;
using Slipway.Reporting.Html;

namespace Slipway.Gateway.Page.Models;

/// <summary>Any two versions side by side: metrics, parameters, data and origin. What differs is marked.</summary>
public sealed class VersionComparison
{
    // an empty cell says why it is empty
    private const string NotSet = "not set", NotUsed = "not used", NotRecorded = "not recorded", NotMeasured = "not measured";

    private readonly ModelManifest? _one;
    private readonly ModelManifest? _other;

    private VersionComparison(ModelManifest? one, ModelManifest? other) => (_one, _other) = (one, other);

    /// <summary>The versions that the address names, or the newest two.</summary>
    public static VersionComparison Of(IQueryCollection query, IReadOnlyList<ModelManifest> versions)
    {
        ModelManifest? Asked(string name, int otherwise) =>
            int.TryParse(query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? versions.FirstOrDefault(version => version.Version == number) : versions.ElementAtOrDefault(otherwise);

        return new(Asked("compare", 1), Asked("with", 0));
    }

    public void Write(HtmlWriter html, ShownModel model)
    {
        if (model.Versions.Count < 2)
        {
            html.Nothing("There is one version, and nothing to compare it with.");
            return;
        }
        html.Tag("form", [("method", "get"), ("action", $"/models/{Words.Url(model.Name)}#compare"), ("class", "inline")], () =>
        {
            Choice(html, model, "compare", "Version", _one);
            Choice(html, model, "with", "with", _other);
            html.Tag("button", [("type", "submit")], () => html.Text("Compare"));
        });
        if (_one is { } one && _other is { } other)
            Table(html, one, other);
        else
            html.Nothing("One of these versions is not registered.");
    }

    private static void Choice(HtmlWriter html, ShownModel model, string name, string label, ModelManifest? chosen) => html.Tag("label", [], () =>
    {
        html.Text($"{label} ");
        html.Tag("select", [("name", name)], () =>
        {
            foreach (var version in model.Versions)
                html.Tag("option", [("value", $"{version.Version}"), ("selected", version.Version == chosen?.Version ? "selected" : null)], () => html.Text($"{version.Version}"));
        });
    });

    private static void Table(HtmlWriter html, ModelManifest one, ModelManifest other) =>
        html.Table("Comparison", "compare", () =>
        {
            html.Tag("thead", [], () => html.Tag("tr", [], () =>
            {
                html.Tag("th", [("scope", "col")], () => html.Tag("span", "Property", "hidden"));
                html.Tag("th", [("scope", "col")], () => html.Text($"version {one.Version}"));
                html.Tag("th", [("scope", "col")], () => html.Text($"version {other.Version}"));
            }));
            html.Tag("tbody", [], () =>
            {
                foreach (var (name, left, right) in Rows(one, other))
                    html.Tag("tr", [("class", left == right ? "same" : "differs")], () =>
                    {
                        html.Tag("th", [("scope", "row")], () => html.Name(name));
                        html.Tag("td", [], () => html.Name(left));
                        html.Tag("td", [], () => html.Name(right));
                    });
            });
        });

    private static IEnumerable<(string Name, string One, string Other)> Rows(ModelManifest one, ModelManifest other)
    {
        foreach (var metric in Keys(one.Metrics.Holdout, other.Metrics.Holdout))
            yield return (metric, Metric(one, metric), Metric(other, metric));
        foreach (var name in Keys(one.Lineage.Hyperparameters, other.Lineage.Hyperparameters))
            yield return (name, one.Lineage.Hyperparameters.GetValueOrDefault(name, NotSet), other.Lineage.Hyperparameters.GetValueOrDefault(name, NotSet));
        foreach (var (name, of) in Facts)
            yield return (name, of(one), of(other));
        foreach (var name in Keys(one.Lineage.Environment.Libraries, other.Lineage.Environment.Libraries))
            yield return (name, one.Lineage.Environment.Libraries.GetValueOrDefault(name, NotUsed), other.Lineage.Environment.Libraries.GetValueOrDefault(name, NotUsed));
    }

    private static IReadOnlyList<(string, Func<ModelManifest, string>)> Facts { get; } =
    [
        ("gates", manifest => GateReportText.Summary(manifest.Gates)),
        ("trainer", manifest => manifest.Lineage.Imported is null ? manifest.Lineage.Trainer : "imported"),
        ("seed", manifest => manifest.Lineage.Seed.ToString(CultureInfo.InvariantCulture)),
        ("dataset", manifest => manifest.Lineage.Dataset.Key),
        ("dataset rows", manifest => manifest.Lineage.Dataset.Rows is { } rows ? Words.Count(rows) : NotRecorded),
        ("dataset SHA-256", manifest => manifest.Lineage.Dataset.Sha256 ?? NotRecorded),
        ("columns", manifest => Words.Count(manifest.Schema.Columns.Count)),
        ("model size", manifest => $"{Words.Count(manifest.Metrics.OnnxBytes)} bytes"),
        ("time a row", manifest => $"{Words.Number(manifest.Metrics.LatencyMicroseconds)} \u00b5s"),
        ("training cost", manifest => CostText.Of(manifest.Lineage.Cost)),
        ("commit", manifest => manifest.Lineage.Source.Commit + (manifest.Lineage.Source.Dirty ? ", with uncommitted changes" : "")),
        ("training job", manifest => manifest.Lineage.TrainingJob),
        ("image", manifest => manifest.Lineage.Environment.Image),
        ("registered", manifest => Words.At(manifest.CreatedAt)),
    ];

    private static string Metric(ModelManifest manifest, string name) => manifest.Metrics.Holdout.GetValueOrDefault(name) is not { } metric ? NotMeasured
        : metric is { Low: { } low, High: { } high } ? $"{Words.Number(metric.Value)} ({Words.Number(low)} to {Words.Number(high)})" : Words.Number(metric.Value);

    private static IEnumerable<string> Keys<T>(IReadOnlyDictionary<string, T> one, IReadOnlyDictionary<string, T> other) =>
        one.Keys.Concat(other.Keys).Distinct(StringComparer.Ordinal);
}
