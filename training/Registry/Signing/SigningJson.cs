using System.Text.Json.Serialization;

namespace Slipway.Registry.Signing;

/// <summary>External formats: absent members are omitted, and unknown ones ignored.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(DsseEnvelope))]
[JsonSerializable(typeof(HistoryStatement))]
[JsonSerializable(typeof(InTotoStatement))]
[JsonSerializable(typeof(SignedSubjects))]
public sealed partial class SigningJson : JsonSerializerContext;

/// <summary>The members of a statement that a verifier needs: the rest may be of another version.</summary>
public sealed record SignedSubjects(
    [property: JsonPropertyName("_type")] string? Type, IReadOnlyList<ResourceDescriptor>? Subject);
