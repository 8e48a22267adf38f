using System.Text.Json.Serialization;
using Slipway.Registry.Lineages;

namespace Slipway.Build.Images.Releases;

/// <summary>
/// A release as an environment records it: <c>releases/&lt;tag&gt;.json</c> in its store, written once, when it is first deployed there. It leads
/// from the digest in a lineage to the commit and the evidence.
/// </summary>
/// <param name="Tag"><see cref="ImageTag"/> as text.</param>
/// <param name="By">Who deployed it first.</param>
public sealed record StoredRelease(string Tag, string Version, SourceReference Source, IReadOnlyList<StoredImage> Images, string By, DateTimeOffset At)
{
    public StoredImage? Find(string digest) => Images.FirstOrDefault(image => image.Digest == digest);
}

/// <param name="Name">One of <see cref="ImageName"/>.</param>
/// <param name="Repository">Its URI, without tag.</param>
/// <param name="Sbom">The digest of the attached SBOM; null if there is none. The same holds for the provenance.</param>
public sealed record StoredImage(string Name, string Repository, string Digest, string? Sbom, string? Provenance)
{
    [JsonIgnore]
    public ImageReference Reference => new(Repository, Digest);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(StoredRelease))]
public sealed partial class StoredReleaseJson : JsonSerializerContext;
