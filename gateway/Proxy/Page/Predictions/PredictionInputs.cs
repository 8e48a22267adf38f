using System.Text.Json;
using System.Text.Json.Nodes;
using Slipway.Gateway.Page.Html;
using Slipway.Registry.Manifests;
using Slipway.Registry.Predictions;
using Slipway.Reporting.Html;

namespace Slipway.Gateway.Page.Predictions;

/// <summary>What a prediction was asked with. Columns that are about a person are not shown, whatever the log has.</summary>
public static class PredictionInputs
{
    private const int MaxCharacters = 20_000;

    public static void Write(HtmlWriter html, PredictionRecord? logged, ModelManifest? manifest)
    {
        if (logged is null)
        {
            html.Nothing("Without the prediction's record in the log, its inputs are not known.");
            return;
        }
        var hidden = manifest?.Schema.Columns.Where(column => column.Personal).Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        if (hidden is null or { Count: > 0 })
        {
            html.Nothing(hidden is null
                ? "They are not shown, because the version is not registered, and with it the list of columns that are about a person."
                : $"They are not shown: {string.Join(", ", hidden)} {(hidden.Count == 1 ? "is" : "are")} about a person. The command below shows them to whoever may read the store.");
            return;
        }
        var text = JsonSerializer.Serialize(Named(logged.Inputs, manifest!.Schema.Features), Indented);
        html.Tag("pre", [("tabindex", "0"), ("class", "tall")], () => html.Tag("code", text.Length > MaxCharacters ? $"{text[..MaxCharacters]}\u2026" : text));
    }

    /// <summary>Encoded rows with the names of their features; raw rows have names as they are.</summary>
    private static JsonElement Named(JsonElement inputs, IReadOnlyList<string> features)
    {
        if (inputs.ValueKind != JsonValueKind.Array || inputs.EnumerateArray().Any(row => row.ValueKind != JsonValueKind.Array || row.GetArrayLength() != features.Count))
            return inputs;
        var rows = new JsonArray();
        foreach (var row in inputs.EnumerateArray())
        {
            var named = new JsonObject();
            foreach (var (name, value) in features.Zip(row.EnumerateArray()))
                named[name] = JsonSerializer.SerializeToNode(value);
            rows.Add((JsonNode)named);
        }

        return JsonSerializer.SerializeToElement(rows);
    }

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
