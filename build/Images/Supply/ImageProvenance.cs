using System.Text.Json;
using System.Text.Json.Serialization;
using Slipway.Build.Images.Releases;
using Slipway.Registry;
using Slipway.Registry.Lineages;
using Slipway.Registry.Signing;

namespace Slipway.Build.Images.Supply;

/// <summary>
/// Where a pushed image comes from: an in-toto Statement (https://in-toto.io/Statement/v1) with SLSA provenance
/// (https://slsa.dev/spec/v1.2/provenance). It is not signed here: a signature by a key on the build machine would prove no more than the
/// machine itself. In CI, GitHub's attestations sign what its own runner did.
/// </summary>
public static class ImageProvenance
{
    /// <summary>The build type: <c>PackageImages</c> of this repository, with these parameters.</summary>
    public const string BuildType = "urn:slipway:package-images:1";

    public static string File(string image) => $"{image}.provenance.json";

    /// <param name="image">Its <see cref="ReleaseImage.Pushed"/> contains the repository and the digest of the manifest, which an image that was not pushed lacks.</param>
    /// <exception cref="SlipwayException">The image was not pushed.</exception>
    public static byte[] Of(ReleaseRecord release, ReleaseImage image, BuildInvocation invocation)
    {
        var pushed = image.Pushed ?? throw new SlipwayException($"The image {image.Local} has no provenance yet: it was not pushed, so it has no digest.");
        return JsonSerializer.SerializeToUtf8Bytes(Statement(release, image, pushed, invocation), ProvenanceJson.Default.ProvenanceStatement);
    }

    private static ProvenanceStatement Statement(ReleaseRecord release, ReleaseImage image, ImageReference pushed, BuildInvocation invocation) => new(
        [new(pushed.Repository, Uri: null, Digests.Of(pushed.Digest))],
        new(
            new(BuildType,
                new(image.Name, release.Tag, release.Version, invocation.Repository, release.Source.Commit),
                new(image.Content, image.Id, release.Source.Dirty),
                [Source(release.Source, invocation), Base(image.BaseImage)]),
            new(new(invocation.Builder), new(invocation.Id, release.CreatedAt))));

    private static ResourceDescriptor Source(SourceReference source, BuildInvocation invocation) => new(
        Name: "source", Uri: invocation.Repository is { } repository ? $"git+{repository}" : null, Digest: new Dictionary<string, string> { ["gitCommit"] = source.Commit });

    private static ResourceDescriptor Base(string image)
    {
        var at = image.IndexOf('@');
        return at < 0
            ? new("base image", $"oci://{image}", Digest: null)
            : new(Name: "base image", Uri: $"oci://{image[..at]}", Digest: Digests.Of(image[(at + 1)..]));
    }
}

/// <summary>Algorithms with their digests in hex, as in-toto names them.</summary>
internal static class Digests
{
    public static IReadOnlyDictionary<string, string> Of(string digest) => digest.Split(':', 2) is [{ Length: > 0 } algorithm, { Length: > 0 } hex]
        ? new Dictionary<string, string> { [algorithm] = hex }
        : throw new SlipwayException($"'{digest}' is not the digest of an image.");
}

public sealed record ProvenanceStatement(IReadOnlyList<ResourceDescriptor> Subject, Provenance Predicate)
{
    [JsonPropertyName("_type"), JsonPropertyOrder(-2)]
    public string Type => InTotoStatement.StatementType;

    [JsonPropertyOrder(-1)]
    public string PredicateType => InTotoStatement.ProvenanceType;
}

public sealed record Provenance(ImageBuildDefinition BuildDefinition, ImageRunDetails RunDetails);

public sealed record ImageBuildDefinition(
    string BuildType, ImageExternalParameters ExternalParameters, ImageInternalParameters InternalParameters, IReadOnlyList<ResourceDescriptor> ResolvedDependencies);

/// <summary>The parameters that the caller of the build decides.</summary>
public sealed record ImageExternalParameters(string Image, string Tag, string Version, string? Repository, string Commit);

/// <param name="Content">SHA-256 of everything that the image was built from.</param>
/// <param name="ImageId">Its id in the engine that built it.</param>
/// <param name="Dirty">Whether the tree had uncommitted changes.</param>
public sealed record ImageInternalParameters(string Content, string ImageId, bool Dirty);

public sealed record ImageRunDetails(ProvenanceBuilder Builder, ProvenanceMetadata Metadata);

public sealed record ProvenanceMetadata(string? InvocationId, DateTimeOffset FinishedOn);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProvenanceStatement))]
public sealed partial class ProvenanceJson : JsonSerializerContext;
