using System.Text.Json;
using System.Text.Json.Serialization;
using Slipway.Registry;

namespace Slipway.Build;

/// <summary>A reference to content: its digest and what it is.</summary>
/// <param name="ArtifactType">Of an artifact's manifest in an index.</param>
/// <param name="Platform">Of an image in an index.</param>
public sealed record Descriptor(
    string MediaType, string Digest, long Size, string? ArtifactType = null, Platform? Platform = null, IReadOnlyDictionary<string, string>? Annotations = null)
{
    public static Descriptor Of(byte[] content, string mediaType) => new(mediaType, DigestOf(content), content.Length);

    /// <returns><c>sha256:&lt;64 hex digits&gt;</c></returns>
    public static string DigestOf(ReadOnlySpan<byte> content) => $"sha256:{Sha256Hex.Of(content)}";
}

public sealed record Platform(string Os, string Architecture);

/// <summary>A manifest or an index, whose fields the other lacks.</summary>
/// <param name="Config">Of an image its configuration, of an artifact the empty one.</param>
/// <param name="Subject">What an artifact is about.</param>
/// <param name="Manifests">Of an index.</param>
public sealed record OciManifest(
    int SchemaVersion,
    string? MediaType,
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

/// <summary>A manifest as a registry has it: the digest is that of exactly these bytes.</summary>
public sealed record StoredManifest(string Digest, string MediaType, byte[] Content)
{
    public Descriptor Descriptor => new(MediaType, Digest, Content.Length);

    /// <exception cref="SlipwayException">It is none.</exception>
    public OciManifest Read(string place)
    {
        try
        {
            return JsonSerializer.Deserialize(Content, RegistryContentJson.Default.OciManifest) ?? throw new JsonException("it holds nothing");
        }
        catch (JsonException e)
        {
            throw new SlipwayException($"What {place} has as {Digest} is no manifest: {e.Message}", e);
        }
    }
}

/// <summary>The configuration of an image, as far as the build reads it.</summary>
public sealed record ImageConfiguration(ImageRunConfiguration? Config);

public sealed record ImageRunConfiguration([property: JsonPropertyName("Labels")] IReadOnlyDictionary<string, string>? Labels);

/// <summary>What a registry says when it says no.</summary>
public sealed record RegistryErrorList(IReadOnlyList<RegistryErrorEntry>? Errors);

public sealed record RegistryErrorEntry(string? Code, string? Message);

/// <summary>What hands out tokens calls them by either name.</summary>
public sealed record BearerToken(string? Token, [property: JsonPropertyName("access_token")] string? AccessToken);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OciManifest))]
[JsonSerializable(typeof(ImageConfiguration))]
[JsonSerializable(typeof(RegistryErrorList))]
[JsonSerializable(typeof(BearerToken))]
public sealed partial class RegistryContentJson : JsonSerializerContext;
