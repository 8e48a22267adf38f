using System.Globalization;
using Slipway.Gateway.Page.Html;
using Slipway.Gateway.Page.Reading;
using Slipway.Registry.Channels;
using Slipway.Registry.Costs;
using Slipway.Registry.Gates;
using Slipway.Registry.History;
using Slipway.Registry.Lineages;
using Slipway.Registry.Manifests;
using Slipway.Registry.Models;
using Slipway.Registry.Predictions;
using Slipway.Reporting.Html;

namespace Slipway.Gateway.Page.Predictions;

/// <summary>The trace as a line of stations, from the prediction back to where it comes from.</summary>
public static class TracePicture
{
    /// <summary>The first row of an answer, in words.</summary>
    public static string Answer(PredictionRecord record, ModelManifest? manifest)
    {
        var rows = record.Outputs.Count == 1 ? "" : $" in the first of {Words.Count(record.Outputs.Count)} rows";
        return record.Outputs is not [{ Count: > 0 } row, ..] ? "An empty prediction"
            : manifest?.Schema is { } schema && Label(schema, row) is { } label ? $"{manifest.Model} predicted {label}{rows}"
            : $"{record.Model} predicted {Words.Number(row[0])}{rows}";
    }

    public static void Write(
        HtmlWriter html, PredictionId id, PredictionRecord? logged, StoreRead<ModelManifest> manifest, IReadOnlyList<HistoryEntry>? history) => html.Tag("ol", [("class", "trace")], () =>
    {
        Station(html, "Prediction", [id.Rows is { } rows ? Words.Plural(rows, "row") : "", logged is null ? "not in the log" : "in the log"], () => html.Text(logged is null ? $"{id.Hour:yyyy-MM-dd HH}:00 UTC" : Words.At(logged.At)));
        Station(html, "Server", [logged is null ? "" : $"{logged.Color.Word()}, {Words.Number(logged.Microseconds)} \u00b5s"], () => html.Name(id.Replica));
        Station(html, "Model version", [], () => html.Link($"/models/{Words.Url(id.Model)}", $"{id.Model} {id.Version}"));
        if (manifest.Value is not { } found)
        {
            Station(html, "Manifest", [manifest.Problem ?? "This version is not registered in this environment."], () => html.Text("not found"));
            return;
        }
        var lineage = found.Lineage;
        var promotions = history?.Where(entry => entry.To == id.Version).ToList() ?? [];
        Station(html, "Published", [.. promotions.Skip(1).Take(3).Select(entry => $"also {Words.Of(entry.Action)} by {entry.By}, {Words.At(entry.At)}")], () => html.Name(
            promotions is [var last, ..] ? $"by {last.By}, {Words.At(last.At)}: {last.Reason}" : "never, or before the entries that are shown"));
        Station(html, "Gates", [], () => html.Link($"/models/{Words.Url(id.Model)}#gates", GateReportText.Summary(found.Gates)));
        Station(html, "Training job", [Trainer(lineage), Words.At(lineage.StartedAt), $"cost: {CostText.Of(lineage.Cost)}"], () => html.Link($"/models/{Words.Url(id.Model)}/report?version={id.Version}", lineage.TrainingJob));
        Station(html, "Dataset", [lineage.Dataset.Rows is { } count ? Words.Plural(count, "row") : "", $"SHA-256 {lineage.Dataset.Sha256 ?? "not recorded"}"], () => html.Name(lineage.Dataset.Key));
        Station(html, "Commit", [lineage.Source.Dirty ? "with uncommitted changes: not reproducible" : $"image {lineage.Environment.Image}"], () => html.Tag("code", lineage.Source.Commit));
        if (!lineage.Source.Dirty)
            Station(html, "Reproduce", [], () => html.Command($"./build.sh --target=Reproduce --model={id.Model} --version={id.Version}"));
    });

    private static string Trainer(Lineage lineage) => lineage.Imported is { } imported
        ? $"trained elsewhere; ONNX file with SHA-256 {imported.OnnxSha256}"
        : $"{lineage.Trainer}, seed {lineage.Seed.ToString(CultureInfo.InvariantCulture)}";

    private static void Station(HtmlWriter html, string what, IReadOnlyList<string> details, Action value) => html.Tag("li", [], () =>
    {
        html.Tag("span", what, "what");
        html.Tag("div", [("class", "value")], value);
        foreach (var detail in details.Where(detail => detail.Length > 0))
            html.Tag("p", [("class", "quiet")], () => html.Name(detail));
    });

    private static string? Label(ModelSchema schema, IReadOnlyList<float> row) => schema switch
    {
        { Task: ModelTask.Binary, Classes: [var no, var yes], Threshold: var threshold } =>
            $"{schema.Label} {(row[0] >= (threshold ?? 0.5) ? yes : no)}: the probability of {yes} is {Words.Percent(row[0])}, and the threshold {Words.Percent(threshold ?? 0.5)}",
        { Task: ModelTask.Multiclass, Classes: { } classes } when classes.Count == row.Count && row.Index().MaxBy(one => one.Item) is var best =>
            $"{schema.Label} {classes[best.Index]}, with a probability of {Words.Percent(best.Item)}",
        { Task: ModelTask.Regression } => $"{Words.Number(row[0])} for {schema.Label}",
        _ => null,
    };
}
