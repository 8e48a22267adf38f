using System.Text.Json.Serialization;

namespace Slipway.Registry.Signing;

/// <summary>Formats of others: what is absent is left out, and what is unknown is passed over.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(DsseEnvelope))]
[JsonSerializable(typeof(HistoryStatement))]
[JsonSerializable(typeof(InTotoStatement))]
[JsonSerializable(typeof(SignedSubjects))]
public sealed partial class SigningJson : JsonSerializerContext;

/// <summary>Of a statement, what a verifier needs: the rest may be another version's.</summary>
public sealed record SignedSubjects(
    [property: JsonPropertyName("_type")] string? Type, IReadOnlyList<ResourceDescriptor>? Subject);
