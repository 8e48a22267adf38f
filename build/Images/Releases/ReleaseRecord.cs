using System.Text.Json.Serialization;
using Slipway.Registry;
using Slipway.Registry.Lineages;

namespace Slipway.Build.Images.Releases;

/// <summary>
/// The state of a release's images, from packaging to pushing: <c>artifacts/images/&lt;tag&gt;/release.json</c>. Each target adds its
/// results, so that what was scanned, what was pushed and what is deployed are the same image.
/// </summary>
/// <param name="Tag"><see cref="ImageTag"/> as text.</param>
public sealed record ReleaseRecord(string Tag, string Version, SourceReference Source, DateTimeOffset CreatedAt, IReadOnlyList<ReleaseImage> Images)
{
    /// <exception cref="SlipwayException">The record has no such image.</exception>
    public ReleaseImage this[string name] => Images.FirstOrDefault(image => image.Name == name)
        ?? throw new SlipwayException($"The release {Tag} has no image '{name}'. Package it again: ./build.sh --target=PackageImages");

    /// <summary>A copy with one image replaced.</summary>
    public ReleaseRecord With(ReleaseImage changed) => this with { Images = [.. Images.Select(image => image.Name == changed.Name ? changed : image)] };
}

/// <param name="Name">One of <see cref="ImageName"/>.</param>
/// <param name="Local">Its name in the engine on this machine: <c>slipway/&lt;name&gt;:&lt;tag&gt;</c>.</param>
/// <param name="Id">The digest of its configuration: <c>sha256:&lt;64 hex digits&gt;</c>, which engines use as the image's id.</param>
/// <param name="Content">
/// SHA-256 of what it was built from: every file, the Dockerfile, the base images. Builds of the same content differ in their digests (files have
/// timestamps), but not in this; the image has it as its label <c>dev.slipway.content</c>.
/// </param>
/// <param name="BaseImage">The runtime image that it is based on, by digest if it was pinned.</param>
/// <param name="Size">Bytes, unpacked.</param>
/// <param name="Scan">Null until it was scanned.</param>
/// <param name="Pushed">Where it was pushed to last; null until then. The digest is the same in every registry.</param>
/// <param name="BuiltElsewhere">The pushed image is another build of the same content, which was there first: it cannot be pushed from here.</param>
public sealed record ReleaseImage(
    string Name, string Local, string Id, string Content, string BaseImage, long Size, ImageScan? Scan = null, ImageReference? Pushed = null,
    bool BuiltElsewhere = false);

/// <param name="ImageId">The image that was scanned; a verdict on another image is not valid.</param>
/// <param name="Report">SHA-256 of the scanner's report.</param>
/// <param name="Scanner">The scanner with its version.</param>
public sealed record ImageScan(string ImageId, bool Passed, string Verdict, string Report, string Scanner, DateTimeOffset ScannedAt);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ReleaseRecord))]
public sealed partial class ReleaseJson : JsonSerializerContext;
