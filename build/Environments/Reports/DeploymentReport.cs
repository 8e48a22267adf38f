using System.Globalization;
using System.Text.Json;
using Slipway.Build.Cli.Output;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Channels;
using Slipway.Registry.Models;

namespace Slipway.Build.Environments.Reports;

/// <summary>What is running after a deployment, and how to request a prediction.</summary>
public static class DeploymentReport
{
    public static async Task ShowDeploymentAsync(
        this IProgressReport report, SlipwayEnvironment environment, DeploymentResult result, string model, CancellationToken cancellation)
    {
        var rows = new List<KeyValuePair<string, string>> { new("live", $"{result.Live.Word()}, release {result.Release}") };
        foreach (var name in await environment.Versions.ModelsAsync(cancellation))
            if ((await environment.Channels.GetAsync(name, result.Live, cancellation))?.Value is { } pointer)
                rows.Add(new(name, result.Gaps.FirstOrDefault(gap => gap.Model == name) is { } missing
                    ? $"{(missing.Answers is { } older ? $"version {Number(older)}" : "nothing")}, instead of version {Number(missing.Desired)}"
                    : $"version {Number(pointer.Version)}"));
        report.Table("Running", rows.Concat(result.Where));

        report.Close($"Gateway: {result.Url}");
        if (result.Page is { } page)
            report.Close($"Operator's page: {page}");
        foreach (var line in result.HowToOpenPage)
            report.Close(line);
        if (await CurlAsync(environment, result, model, cancellation) is { } curl)
        {
            report.Close("Request a prediction:");
            report.Close(curl);
        }

        foreach (var gap in result.Gaps)
            report.Close($"Missing: {gap.What} {gap.Remedy(environment.Argument)}");
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static async Task<string?> CurlAsync(SlipwayEnvironment environment, DeploymentResult result, string model, CancellationToken cancellation)
    {
        // the printed command has to work: choose another model if this one is missing
        var desired = await environment.DesiredVersionsAsync(result.Live, cancellation);
        var answering = desired.Keys.Where(name => result.Gaps.All(gap => gap.Model != name)).Order(StringComparer.Ordinal).ToList();
        model = answering.Contains(model) || result.Gaps.Count == 0 ? model : answering.FirstOrDefault() ?? model;
        if (!desired.TryGetValue(model, out var version) || await environment.Versions.GetAsync(model, version, cancellation) is not { } manifest)
            return null;

        var golden = await new GoldenSets(environment.Store).ReadAsync(manifest, cancellation);
        var request = JsonSerializer.Serialize(GoldenRequest.Of([golden.Inputs[0]]), GoldenRequestJson.Default.GoldenRequest);
        var key = result.ApiKeyVariable is { } variable ? $" -H \"x-api-key: ${variable}\"" : "";
        return $"curl -i {result.Url}/v2/models/{model}/infer -H 'content-type: application/json'{key} -d '{request}'";
    }
}
