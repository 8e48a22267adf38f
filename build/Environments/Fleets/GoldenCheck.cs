using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Slipway.Build.Cli.Output;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Channels;
using Slipway.Registry.Manifests;
using Slipway.Registry.Models;
using Slipway.Registry.Predictions;
using Slipway.Registry.Replicas;
using Slipway.Registry.Storage;

namespace Slipway.Build.Environments.Fleets;

/// <summary>
/// Requires that each server returns the golden predictions of the versions it serves, before any traffic reaches it. A server serves only versions that returned
/// them in its own process, and its heartbeat names the file that did: this is compared with the manifest. Servers that can be reached from here
/// are also sent each model's golden set.
/// </summary>
/// <param name="areReachable">Whether they can.</param>
public sealed class GoldenCheck(IObjectStore store, bool areReachable)
{
    private readonly ModelVersions _versions = new(store);
    private readonly GoldenSets _golden = new(store);

    /// <exception cref="SlipwayException">A prediction is wrong, a request failed, or a server serves another file than the registered one.</exception>
    public async Task RunAsync(IReadOnlyList<ReplicaHeartbeat> servers, IProgressStep step, CancellationToken cancellation)
    {
        using var http = DirectHttpClient.Create(TimeSpan.FromSeconds(30));
        http.DefaultRequestHeaders.Add(SlipwayHeaders.Probe, "golden");
        foreach (var server in servers)
            await CheckAsync(http, server, cancellation);
        if (!areReachable)
            step.Note("verified by the servers themselves, which cannot be reached from here");
    }

    private async Task CheckAsync(HttpClient http, ReplicaHeartbeat server, CancellationToken cancellation)
    {
        foreach (var model in server.Models)
        {
            // models that are not served cannot be checked: GapPolicy decides whether that is acceptable
            if (model.Version is not { } version)
                continue;
            var manifest = await _versions.GetAsync(model.Model, version, cancellation)
                ?? throw new SlipwayException($"The {server.Color.Word()} server serves '{model.Model}' version {version}, whose manifest no longer exists.");
            if (model.OnnxSha256 != manifest.Artifact.OnnxSha256)
                throw new SlipwayException(
                    $"{server.Replica} verified '{model.Model}' version {version} with {(model.OnnxSha256 is { } proved ? $"the file {proved}" : "a file that it does not name")}, but {manifest.Artifact.OnnxSha256} is registered. Traffic was not moved; find out who changed the store's models/ folder.");
            if (areReachable)
                await SendAsync(http, server, manifest, await _golden.ReadAsync(manifest, cancellation), cancellation);
        }
    }

    private static async Task SendAsync(
        HttpClient http, ReplicaHeartbeat server, ModelManifest manifest, GoldenSet golden, CancellationToken cancellation)
    {
        var name = $"'{manifest.Model}' version {manifest.Version.ToString(CultureInfo.InvariantCulture)} on {server.Color.Word()}";
        var request = GoldenRequest.Of(golden.Inputs);
        using var answer = await http.PostAsJsonAsync(
            $"{server.Address}/v2/models/{manifest.Model}/versions/{manifest.Version.ToString(CultureInfo.InvariantCulture)}/infer", request, GoldenRequestJson.Default.GoldenRequest, cancellation);
        if (!answer.IsSuccessStatusCode)
            throw new SlipwayException($"{name} returned {(int)answer.StatusCode} for its golden set: {await answer.Content.ReadAsStringAsync(cancellation)}");

        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation);
        if (GoldenPredictions.Problem(golden, GoldenPredictions.OfTensor(body, manifest.Schema)) is { } problem)
            throw new SlipwayException($"{name} {problem}.");
    }
}
