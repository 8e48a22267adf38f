using Slipway.Gateway.Options;
using Slipway.Gateway.Page.Html;
using Slipway.Gateway.Page.Overview;
using Slipway.Gateway.Page.Reading;
using Slipway.Gateway.Status;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Manifests;
using Slipway.Reporting.Html;

namespace Slipway.Gateway.Page.Playground;

/// <summary>Tries a model by hand: a form from its schema, and what blue and green answer, side by side.</summary>
public sealed class PlaygroundPage(TrafficStatusReport report, GatewayMetrics metrics, PageStore store, PlaygroundCaller caller, GatewayOptions options)
{
    public async Task<PageContent> ListAsync(CancellationToken cancellation)
    {
        var models = OverviewModel.All(report.Now(), (await store.ModelsAsync(cancellation)).Value, metrics.Models);
        return new("Playground", "Playground", html =>
        {
            html.Tag("div", [("class", "verdict")], () =>
            {
                html.Tag("h1", "Which model do you want to try?");
                html.Tag("p", "What you ask here is neither logged as a prediction nor counted, and no rollout is judged by it.");
            });
            if (models.Count == 0)
                html.Nothing("There is no model yet.");
            html.Tag("ul", [("class", "choices")], () =>
            {
                foreach (var model in models)
                    html.Tag("li", [], () => html.Link($"/playground/{Words.Url(model.Name)}", model.Name));
            });
        });
    }

    public async Task<PageContent> BuildAsync(string model, IQueryCollection query, CancellationToken cancellation)
    {
        var (manifest, problem) = await ManifestAsync(model, cancellation);
        if (manifest is null)
            return new("Playground", "Playground", html => Missing(html, model, problem), Status: problem is null ? 404 : 200);
        var examples = await store.ExamplesAsync(manifest, cancellation);
        var input = PlaygroundInput.Of(query, manifest.Schema, examples.Value);
        var answers = await AnswersAsync(model, input, cancellation);
        var rows = input.Csv is { } csv ? await Task.WhenAll(Colors.All.Select(color => caller.AskAsync(color, model, csv, cancellation))) : null;
        return new($"Playground: {model}", "Playground", html =>
        {
            html.Tag("div", [("class", "verdict")], () =>
            {
                html.Tag("h1", [], () =>
                {
                    html.Text("Try ");
                    html.Name(model);
                });
                html.Tag("p", "Not logged as a prediction, not counted, and no rollout is judged by it. The values are part of this page\u2019s address.");
            });
            html.Box("playground", () =>
            {
                PlaygroundForm.Write(html, manifest, input, examples);
                html.Tag("section", [("id", "answer"), ("aria-live", "polite"), ("aria-label", "Answers")], () => PlaygroundAnswers.Write(html, manifest, input, answers));
            });
            html.Part("rows", "Many rows", () => PlaygroundRows.Write(html, manifest, input, rows, PlaygroundCode.Address(options, model)));
            html.Part("code", "The same from a program", () => PlaygroundCode.Write(html, manifest, input, options));
        });
    }

    private async Task<IReadOnlyList<PlaygroundAnswers.Answered>> AnswersAsync(string model, PlaygroundInput input, CancellationToken cancellation)
    {
        if (!input.IsAsked)
            return [];
        var curve = input.Curve();
        return await Task.WhenAll(Colors.All.Select(async color => new PlaygroundAnswers.Answered(
            await caller.AskAsync(color, model, [input.Values], cancellation),
            curve is { Records: { } records } ? await caller.AskAsync(color, model, records, cancellation) : null)));
    }

    /// <summary>Of the version that the live color answers with, or of the other color's.</summary>
    private async Task<(ModelManifest?, string? Problem)> ManifestAsync(string model, CancellationToken cancellation)
    {
        if (!ModelName.IsValid(model))
            return default;
        var status = report.Now();
        var line = OverviewModel.All(status, (await store.ModelsAsync(cancellation)).Value, metrics.Models).FirstOrDefault(one => one.Name == model);
        if (line is null)
            return default;
        var live = status.State.Live;
        var version = line.VersionsOn(live).Concat(line.VersionsOn(live.Other())).Cast<int?>().FirstOrDefault() ?? line.Summary?.Of(live) ?? line.Summary?.Of(live.Other());
        if (version is not { } number)
            return default;
        var read = await store.ManifestAsync(model, number, cancellation);
        return (read.Value, read.Problem);
    }

    private static void Missing(HtmlWriter html, string model, string? problem)
    {
        html.Tag("h1", problem is null ? "There is no such model" : "The form cannot be made");
        html.Tag("p", [], () =>
        {
            html.Name(model.Length > 100 ? $"{model[..100]}\u2026" : model);
            html.Text(problem is null ? " is not served, and has no version in this environment. It may have gone away while this page was open." : $": {problem} The form is made from the schema in the manifest.");
        });
        html.Tag("p", [], () => html.Link("/playground", "All models"));
    }
}
