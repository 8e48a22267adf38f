using System.Text.Json;
using System.Text.Json.Serialization;
using Slipway.Registry;

namespace Slipway.Build.Images.ContainerRegistry;

/// <summary>A descriptor: a reference to content by its digest and media type.</summary>
/// <param name="ArtifactType">For the manifest of an artifact in an index.</param>
/// <param name="Platform">For an image in an index.</param>
public sealed record Descriptor(
    string MediaType, string Digest, long Size, string? ArtifactType = null, Platform? Platform = null, IReadOnlyDictionary<string, string>? Annotations = null)
{
    public static Descriptor Of(byte[] content, string mediaType) => new(mediaType, DigestOf(content), content.Length);

    /// <returns><c>sha256:&lt;64 hex digits&gt;</c></returns>
    public static string DigestOf(ReadOnlySpan<byte> content) => $"sha256:{Sha256Hex.Of(content)}";
}

public sealed record Platform(string Os, string Architecture);

/// <summary>A manifest or an index; each lacks some fields of the other.</summary>
/// <param name="Config">The configuration of an image; the empty descriptor for an artifact.</param>
/// <param name="Subject">The image that an artifact is attached to.</param>
/// <param name="Manifests">The entries of an index.</param>
public sealed record OciManifest(
    int SchemaVersion,
    string? MediaType = null,
    string? ArtifactType = null,
    Descriptor? Config = null,
    IReadOnlyList<Descriptor>? Layers = null,
    Descriptor? Subject = null,
    IReadOnlyList<Descriptor>? Manifests = null,
    IReadOnlyDictionary<string, string>? Annotations = null)
{
    /// <summary>The same bytes for the same manifest.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, RegistryContentJson.Default.OciManifest);
}

/// <summary>A manifest as a registry returned it: the digest covers exactly these bytes.</summary>
public sealed record RawOciManifest(string Digest, string MediaType, byte[] Content)
{
    public Descriptor Descriptor => new(MediaType, Digest, Content.Length);

    /// <exception cref="SlipwayException">It is not a manifest.</exception>
    public OciManifest Read(string place)
    {
        try
        {
            return CompleteJson.Deserialize(Content, RegistryContentJson.Default.OciManifest) ?? throw new JsonException("it is empty");
        }
        catch (JsonException e)
        {
            throw new SlipwayException($"{Digest} in {place} is not a manifest: {e.Message}", e);
        }
    }
}

/// <summary>The configuration of an image, as far as the build reads it.</summary>
public sealed record ImageConfiguration(ImageRunConfiguration? Config = null);

public sealed record ImageRunConfiguration([property: JsonPropertyName("Labels")] IReadOnlyDictionary<string, string>? Labels = null);

/// <summary>The body of a registry's error response.</summary>
public sealed record RegistryErrorList(IReadOnlyList<RegistryErrorEntry>? Errors = null);

public sealed record RegistryErrorEntry(string? Code = null, string? Message = null);

/// <summary>A token response; token servers use either field name.</summary>
public sealed record BearerToken(string? Token = null, [property: JsonPropertyName("access_token")] string? AccessToken = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(OciManifest))]
[JsonSerializable(typeof(ImageConfiguration))]
[JsonSerializable(typeof(RegistryErrorList))]
[JsonSerializable(typeof(BearerToken))]
public sealed partial class RegistryContentJson : JsonSerializerContext;
