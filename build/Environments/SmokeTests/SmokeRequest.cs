using System.Text.Json;
using Slipway.Registry.Manifests;
using Slipway.Registry.Models;

namespace Slipway.Build.Environments.SmokeTests;

/// <summary>The requests that a caller sends to a model.</summary>
public enum SmokeRequest
{
    Ready,
    Metadata,
    Infer,
    Invocations,
}

/// <summary>A version of a model with its expected predictions.</summary>
public sealed record LiveVersion(ModelManifest Manifest, GoldenSet Golden);

/// <summary>The path and body of each request, and the check of its response. Pure.</summary>
public static class SmokeRequests
{
    private const int MaxShown = 300;

    public static IReadOnlyList<SmokeRequest> All { get; } = Enum.GetValues<SmokeRequest>();

    public static string Path(this SmokeRequest request, string model) => request switch
    {
        SmokeRequest.Ready => $"/v2/models/{model}/ready",
        SmokeRequest.Metadata => $"/v2/models/{model}",
        SmokeRequest.Infer => $"/v2/models/{model}/infer",
        _ => $"/invocations?model={model}",
    };

    /// <returns>Null if there is nothing to post.</returns>
    public static string? Body(this SmokeRequest request, GoldenSet golden) => request switch
    {
        SmokeRequest.Infer => GoldenPredictions.AsTensor(golden),
        SmokeRequest.Invocations => GoldenPredictions.AsRecords(golden),
        _ => null,
    };

    /// <summary>Only these requests make predictions, and return headers that say what produced them.</summary>
    public static bool Predicts(this SmokeRequest request) => request is SmokeRequest.Infer or SmokeRequest.Invocations;

    /// <param name="live">One of the versions that may respond.</param>
    /// <returns>What is wrong with the response; null if it is correct.</returns>
    public static string? Problem(this SmokeRequest request, CallerResponse answer, LiveVersion live)
    {
        if (answer.Status != 200)
            return $"returned {answer.Status}: {Shown(answer.Body)}{Advice(answer.Status)}";
        try
        {
            using var document = JsonDocument.Parse(answer.Body);
            return Problem(request, document.RootElement, live);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            return $"returned an unexpected format ({e.Message.TrimEnd('.')}): {Shown(answer.Body)}";
        }
    }

    private static string? Problem(SmokeRequest request, JsonElement answer, LiveVersion live)
    {
        var (manifest, golden) = live;
        return request switch
        {
            SmokeRequest.Ready => answer.GetProperty("ready").GetBoolean() ? null : "it reports that it is not ready",
            SmokeRequest.Metadata => Metadata(answer, manifest),
            SmokeRequest.Infer => GoldenPredictions.Problem(golden, GoldenPredictions.OfTensor(answer, manifest.Schema)),
            _ => GoldenPredictions.Problem(golden, GoldenPredictions.OfRecords(answer, manifest.Schema)),
        };
    }

    private static string? Metadata(JsonElement answer, ModelManifest manifest)
    {
        var (name, version, onnx) = (
            answer.GetProperty("name").GetString(), answer.GetProperty("versions")[0].GetString(), answer.GetProperty("parameters").GetProperty("onnx_sha256").GetString());
        return name == manifest.Model && version == $"{manifest.Version}" && onnx == manifest.Artifact.OnnxSha256
            ? null
            : $"it describes '{name}' version {version} with the model file {onnx}, but its channel points to version {manifest.Version} with {manifest.Artifact.OnnxSha256}";
    }

    private static string Shown(string body) => body.Length == 0 ? "(empty body)." : body.Length > MaxShown ? $"{body[..MaxShown]}..." : body;

    private static string Advice(int status) => status switch
    {
        401 or 403 => " The gateway does not accept this key: after a rotation, run Deploy to pass it the new one.",
        429 => " The gateway limits the request rate of this key.",
        _ => "",
    };
}
