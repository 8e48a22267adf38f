using System.Text.Json;
using System.Text.Json.Serialization;
using Slipway.Registry.Predictions;

namespace Slipway.Answers.Evidence;

/// <summary>
/// Everything that says which data made a prediction, as exact bytes wherever something is signed or hashed. It is the payload of a signed envelope; docs/evidence.md
/// prints a program that checks it offline.
/// </summary>
/// <param name="Type">Always <see cref="TypeName"/>.</param>
/// <param name="By">Who exported it.</param>
/// <param name="Dataset">What the version was trained on.</param>
/// <param name="Manifest">The version: schema, metrics, gate report and lineage.</param>
/// <param name="History">The entries from the one that published the version to the first signed one, in order: each contains the hash of the one before.</param>
/// <param name="HistoryHead">The envelope of the last of these entries, as base64.</param>
/// <param name="Keys">The public keys of the environment, as PEM.</param>
public sealed record EvidenceContent(
    string Type,
    string Environment,
    DateTimeOffset At,
    string By,
    EvidencePrediction Prediction,
    EvidenceDataset Dataset,
    EvidenceObject Manifest,
    IReadOnlyList<EvidenceObject> History,
    string HistoryHead,
    IReadOnlyList<string> Keys)
{
    public const string TypeName = "urn:slipway:evidence:v1";

    /// <summary>The payload type of the envelope.</summary>
    public const string PayloadType = "application/vnd.slipway.evidence+json";
}

/// <param name="IdAuthentic">The exporting environment found that one of its servers created the id: only that environment has the key.</param>
/// <param name="Record">As it is in the log; null if it was sampled out, dropped, or has expired.</param>
public sealed record EvidencePrediction(string Id, bool IdAuthentic, string Model, int Version, string Replica, DateTimeOffset Hour, PredictionRecord? Record);

/// <param name="Sha256">Hash of the bytes that the training job read.</param>
/// <param name="Copy">The object with exactly these bytes, which the job read.</param>
/// <param name="CopySha256">Its hash when this was exported; null if it is no longer in the store.</param>
public sealed record EvidenceDataset(string Key, string Version, string? Sha256, long Length, long? Rows, string Copy, string? CopySha256);

/// <param name="Bytes">Exactly as stored, as base64.</param>
/// <param name="Signature">Its envelope, as base64; null where another object vouches for it.</param>
public sealed record EvidenceObject(string Key, string Sha256, string Bytes, string? Signature = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(EvidenceContent))]
public sealed partial class EvidenceJson : JsonSerializerContext
{
    /// <summary>The bytes that are signed.</summary>
    public static byte[] Bytes(EvidenceContent content) => JsonSerializer.SerializeToUtf8Bytes(content, Default.EvidenceContent);
}
