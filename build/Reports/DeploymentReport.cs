using System.Globalization;
using System.Text.Json;
using Slipway.Automation;
using Slipway.Registry;

namespace Slipway.Build;

/// <summary>What a deployment leaves running, and how to ask it.</summary>
public static class DeploymentReport
{
    public static async Task ShowDeploymentAsync(
        this IProgressReport report, LocalEnvironment environment, DeploymentResult result, string model, CancellationToken cancellation)
    {
        var rows = new List<KeyValuePair<string, string>> { new("live", $"{result.Live.Word()}, release {environment.Fleet.Running(result.Live.Word())?.Release}") };
        foreach (var name in await environment.Versions.ModelsAsync(cancellation))
            if ((await environment.Channels.GetAsync(name, result.Live, cancellation))?.Value is { } pointer)
                rows.Add(new(name, $"version {pointer.Version.ToString(CultureInfo.InvariantCulture)}"));
        rows.Add(new("status", $"{result.Gateway.PrivateUrl}/api/status"));
        rows.Add(new("logs", environment.Folders.Logs));
        report.Table("Running", rows);

        report.Close($"Gateway: {result.Gateway.Url}");
        if (await CurlAsync(environment, result, model, cancellation) is { } curl)
        {
            report.Close("Ask it:");
            report.Close(curl);
        }
    }

    private static async Task<string?> CurlAsync(LocalEnvironment environment, DeploymentResult result, string model, CancellationToken cancellation)
    {
        var pointer = await environment.Channels.GetAsync(model, result.Live, cancellation);
        if (pointer is null || await environment.Versions.GetAsync(model, pointer.Value.Version, cancellation) is not { } manifest)
            return null;

        var golden = await new GoldenSets(environment.Store).ReadAsync(manifest, cancellation);
        var request = JsonSerializer.Serialize(InferRequest.Of([golden.Inputs[0]]), InferRequestJson.Default.InferRequest);
        return $"curl -i {result.Gateway.Url}/v2/models/{model}/infer -H 'content-type: application/json' -d '{request}'";
    }
}
