using Slipway.Gateway.Page.Html;
using Slipway.Gateway.Page.Reading;
using Slipway.Registry.History;
using Slipway.Registry.Manifests;
using Slipway.Registry.Predictions;
using Slipway.Reporting.Html;

namespace Slipway.Gateway.Page.Predictions;

/// <summary>How one prediction came about: from its id back to the data, the commit and whoever published its version.</summary>
public sealed class PredictionPage(PageStore store)
{
    public async Task<PageContent> BuildAsync(IQueryCollection query, CancellationToken cancellation)
    {
        var text = query["id"].ToString().Trim();
        if (text.Length == 0)
            return new("Prediction", "Prediction", html => Form(html, "", "Which prediction?", "Every answer has its id in the header x-slipway-prediction-id."));
        if (!PredictionIds.TryParse(text, out var id))
            return new("Prediction", "Prediction", html => Form(
                html, text[..Math.Min(text.Length, PredictionIds.MaxLength)], "This is not a prediction id", "An id looks like model.version.replica.hour.sequence.check, at most 128 characters."), Status: 400);

        var logged = store.PredictionAsync(id, text, cancellation);
        var manifest = store.ManifestAsync(id.Model, id.Version, cancellation);
        var history = store.HistoryAsync(id.Model, cancellation);
        await Task.WhenAll(logged, manifest, history);
        return new($"Prediction of {id.Model}", "Prediction", html => Show(html, text, id, logged.Result, manifest.Result, history.Result));
    }

    private static void Form(HtmlWriter html, string id, string title, string what)
    {
        html.Tag("div", [("class", "verdict")], () =>
        {
            html.Tag("h1", title);
            html.Tag("p", what);
        });
        html.Tag("form", [("method", "get"), ("action", "/prediction"), ("class", "inline")], () =>
        {
            html.Tag("label", [("class", "grow")], () =>
            {
                html.Text("Prediction id ");
                html.Tag("input", [("name", "id"), ("value", id), ("required", "required"), ("maxlength", "200"), ("spellcheck", "false"), ("autocomplete", "off")]);
            });
            html.Tag("button", [("type", "submit")], () => html.Text("Trace"));
        });
    }

    private static void Show(
        HtmlWriter html, string text, PredictionId id, StoreRead<PredictionRecord> logged, StoreRead<ModelManifest> manifest, StoreRead<IReadOnlyList<HistoryEntry>> history)
    {
        Form(html, text, logged.Value is { } record ? TracePicture.Answer(record, manifest.Value) : $"A prediction of {id.Model}, version {id.Version}",
            logged.Value is { } at ? $"Served at {Words.At(at.At)} by {id.Replica} in {Words.Number(at.Microseconds)} \u00b5s."
            : logged.Problem ?? "It is not in the log: it was sampled out, is not written yet, or has expired. What made it can be told from its id.");
        html.Box("sides", () =>
        {
            html.Part("trace", "How it came about", () => TracePicture.Write(html, id, logged.Value, manifest, history.Value));
            html.Box("side", () =>
            {
                html.Part("inputs", "Inputs", () => PredictionInputs.Write(html, logged.Value, manifest.Value));
                html.Part("text", "The same as text", () => html.Command(
                    $"./build.sh --target=Trace --prediction={text}", "With the check that one of our servers created the id, and that the manifest is signed:"));
            });
        });
    }
}
