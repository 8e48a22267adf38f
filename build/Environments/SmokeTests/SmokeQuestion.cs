using System.Text.Json;
using Slipway.Build.Environments.Fleets;
using Slipway.Registry.Manifests;
using Slipway.Registry.Models;

namespace Slipway.Build.Environments.SmokeTests;

/// <summary>The requests that a caller sends to a model.</summary>
public enum SmokeQuestion
{
    Ready,
    Metadata,
    Infer,
    Invocations,
}

/// <summary>A version of a model with its expected predictions.</summary>
public sealed record LiveVersion(ModelManifest Manifest, GoldenSet Golden);

/// <summary>The path and body of each request, and the check of its response. Pure.</summary>
public static class SmokeQuestions
{
    private const int MostShown = 300;

    public static IReadOnlyList<SmokeQuestion> All { get; } = Enum.GetValues<SmokeQuestion>();

    public static string Path(this SmokeQuestion question, string model) => question switch
    {
        SmokeQuestion.Ready => $"/v2/models/{model}/ready",
        SmokeQuestion.Metadata => $"/v2/models/{model}",
        SmokeQuestion.Infer => $"/v2/models/{model}/infer",
        _ => $"/invocations?model={model}",
    };

    /// <returns>Null if there is nothing to post.</returns>
    public static string? Body(this SmokeQuestion question, GoldenSet golden) => question switch
    {
        SmokeQuestion.Infer => GoldenAnswers.AsTensor(golden),
        SmokeQuestion.Invocations => GoldenAnswers.AsRecords(golden),
        _ => null,
    };

    /// <summary>Only these requests make predictions, and return headers that say what produced them.</summary>
    public static bool Predicts(this SmokeQuestion question) => question is SmokeQuestion.Infer or SmokeQuestion.Invocations;

    /// <param name="live">One of the versions that may respond.</param>
    /// <returns>What is wrong with the response; null if it is correct.</returns>
    public static string? Problem(this SmokeQuestion question, CallerAnswer answer, LiveVersion live)
    {
        if (answer.Status != 200)
            return $"returned {answer.Status}: {Shown(answer.Body)}{Advice(answer.Status)}";
        try
        {
            using var document = JsonDocument.Parse(answer.Body);
            return Problem(question, document.RootElement, live);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return $"returned an unexpected format ({e.Message.TrimEnd('.')}): {Shown(answer.Body)}";
        }
    }

    private static string? Problem(SmokeQuestion question, JsonElement answer, LiveVersion live)
    {
        var (manifest, golden) = live;
        return question switch
        {
            SmokeQuestion.Ready => answer.GetProperty("ready").GetBoolean() ? null : "it reports that it is not ready",
            SmokeQuestion.Metadata => Metadata(answer, manifest),
            SmokeQuestion.Infer => GoldenAnswers.Problem(golden, GoldenAnswers.OfTensor(answer, manifest.Schema)),
            _ => GoldenAnswers.Problem(golden, GoldenAnswers.OfRecords(answer, manifest.Schema)),
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

    private static string Shown(string body) => body.Length == 0 ? "(empty body)." : body.Length > MostShown ? $"{body[..MostShown]}..." : body;

    private static string Advice(int status) => status switch
    {
        401 or 403 => " The gateway does not accept this key: after a rotation, run Deploy to pass it the new one.",
        429 => " The gateway limits the request rate of this key.",
        _ => "",
    };
}
