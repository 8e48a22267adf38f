using Slipway.Gateway.Page.Html;
using Slipway.Gateway.Page.Overview;
using Slipway.Gateway.Page.Reading;
using Slipway.Gateway.Status;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Gates;
using Slipway.Registry.Manifests;
using Slipway.Reporting.Html;

namespace Slipway.Gateway.Page.Models;

/// <summary>One model: its versions, what they were gated by, how they compare, and who moved it when and why.</summary>
public sealed class ModelPage(TrafficStatusReport report, GatewayMetrics metrics, PageStore store, TimeProvider time)
{
    public async Task<PageContent> BuildAsync(string model, IQueryCollection query, CancellationToken cancellation)
    {
        var status = report.Now();
        if (!ModelName.IsValid(model))
            return Missing(model, null);
        var versions = await store.VersionsAsync(model, cancellation);
        var line = OverviewModel.All(status, (await store.ModelsAsync(cancellation)).Value, metrics.Models).FirstOrDefault(one => one.Name == model);
        if (line is null && versions.Value is not { Count: > 0 })
            return Missing(model, versions.Problem);
        var history = await store.HistoryAsync(model, cancellation);
        var shown = new ShownModel(model, line, versions.Value ?? [], status);
        var monitoring = line?.Summary?.Monitoring ?? ModelMonitoring.None;
        var compared = monitoring.Drift is { } drift ? shown.Versions.FirstOrDefault(version => version.Version == drift.Version) : null;
        var histograms = compared is null ? null : (await store.HistogramsAsync(monitoring.Drift!, compared, cancellation)).Value;
        var domain = (await store.DomainAsync(model, cancellation)).Value;
        var comparison = VersionComparison.Of(query, shown.Versions);
        return new(model, "Overview", html =>
        {
            Head(html, shown, versions.Problem);
            html.Part("versions", "Versions", () => VersionTable.Write(html, shown, versions.Problem, time.GetUtcNow()));
            html.Part("metrics", "Quality over versions", () => Metrics(html, shown));
            html.Part("gates", "Gates", () => Gates(html, shown.Main));
            html.Part("slices", "Slices", () => ModelSlices.Write(html, shown.Main));
            html.Part("compare", "Compare two versions", () => comparison.Write(html, shown));
            html.Part("drift", "Drift", () =>
            {
                DriftPart.Write(html, monitoring.Drift, histograms);
                DriftPart.Write(html, domain);
            });
            html.Part("accuracy", "Quality in production", () => QualityPart.Write(html, monitoring, shown.Main));
            html.Part("history", "History", () => HistoryTable.Write(html, history, time.GetUtcNow()));
        }, IsLive: query.Count == 0);
    }

    /// <summary>The report of the job that trained a version: a page of its own, without scripts, which cannot reach this one.</summary>
    public async Task WriteReportAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        var model = path["/models/".Length..^"/report".Length];
        var manifest = ModelName.IsValid(model) && int.TryParse(context.Request.Query["version"], out var version)
            ? await store.ManifestAsync(model, version, context.RequestAborted) : new(null, null);
        var report = manifest.Value is { } found ? await store.ReportAsync(found.Lineage.TrainingJob, context.RequestAborted) : new(null, manifest.Problem);
        PageHeaders.AddTo(context.Response.Headers, PageHeaders.ReportPolicy);
        context.Response.ContentType = report.Value is null ? "text/plain; charset=utf-8" : "text/html; charset=utf-8";
        context.Response.StatusCode = report.Value is null ? 404 : 200;
        await context.Response.Body.WriteAsync(report.Value ?? System.Text.Encoding.UTF8.GetBytes(report.Problem ?? "There is no report of this version. Imported models and old versions have none."), context.RequestAborted);
    }

    private static PageContent Missing(string model, string? problem) => new("No such model", "Overview", html =>
    {
        html.Tag("h1", problem is null ? "There is no such model" : "The model cannot be shown");
        html.Tag("p", [], () =>
        {
            html.Name(model.Length > 100 ? $"{model[..100]}\u2026" : model);
            html.Text(problem is null ? " has no version in this environment, and no server serves it. It may have gone away while this page was open." : $": {problem}");
        });
        html.Tag("p", [], () => html.Link("/", "All models"));
    }, Status: problem is null ? 404 : 200);

    private static void Head(HtmlWriter html, ShownModel model, string? problem)
    {
        html.Tag("div", [("class", "verdict")], () =>
        {
            html.Tag("h1", [], () => html.Name(model.Name));
            html.Tag("p", model.Sentence);
            if (problem is not null)
                html.Tag("p", problem, "worse");
        });
        html.Tag("p", [("class", "list")], () =>
        {
            html.Link($"/playground/{Words.Url(model.Name)}", "Try it in the playground");
            html.Link($"/tap?model={Words.Url(model.Name)}", "See its predictions");
        });
        html.Box("servers", () =>
        {
            foreach (var color in Colors.All)
                Served(html, model, color);
        });
    }

    private static void Served(HtmlWriter html, ShownModel model, Color color)
    {
        var servers = model.Line?.Served.Where(server => server.Color == color).ToList() ?? [];
        if (servers.Count == 0)
            html.Tag("p", [], () =>
            {
                html.Mark(color.Word(), "none");
                html.Tag("span", $"no server of {color.Word()} has it", "quiet");
            });
        foreach (var server in servers)
            html.Tag("p", [], () =>
            {
                html.Mark(color.Word(), server.Model.Version is { } version ? $"version {version}" : "nothing");
                html.Tag("span", [("class", "quiet")], () =>
                {
                    html.Text("on ");
                    html.Name(server.Replica);
                    html.Text($", {Words.Of(server.Model.State)}");
                    if (server.Model.Quarantined is [.., { } bad])
                        html.Name($"; version {bad.Version} is quarantined: {bad.Reason}");
                    if (server.Model.PutBack is { } put)
                        html.Name($"; version {put.Version} was put back: {put.Reason}");
                });
            });
    }

    private static void Metrics(HtmlWriter html, ShownModel model)
    {
        if (model.Versions.Count == 0)
        {
            html.Nothing("No version is registered yet.");
            return;
        }
        var oldest = model.Versions.Reverse().TakeLast(30).ToList();
        html.Box("charts", () =>
        {
            foreach (var metric in oldest[^1].Metrics.Holdout.Keys.Take(3))
                Charts.Intervals(
                    html, metric, oldest is [var only] ? $"version {only.Version}; the line is the 95 % interval" : $"versions {oldest[0].Version} to {oldest[^1].Version}; lines are 95 % intervals", Words.Number,
                    [.. oldest.Where(version => version.Metrics.Holdout.ContainsKey(metric)).Select(version => (
                        $"version {version.Version}", version.Metrics.Holdout[metric].Value, version.Metrics.Holdout[metric].Low, version.Metrics.Holdout[metric].High))]);
        });
    }

    private static void Gates(HtmlWriter html, ModelManifest? manifest)
    {
        if (manifest is null)
        {
            html.Nothing("No version is registered yet.");
            return;
        }
        html.Tag("p", $"Version {manifest.Version}: {GateReportText.Summary(manifest.Gates)}");
        GateTable.Write(html, manifest.Gates);
    }
}
