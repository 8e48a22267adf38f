using Slipway.Build.Images.ContainerRegistry;

namespace Slipway.Build.Images.Pushing;

/// <summary>Evidence that is attached to an image.</summary>
/// <param name="Kind">Its name for people, and the suffix of its own tag.</param>
/// <param name="MediaType">The media type of the content, and of the artifact that contains it.</param>
public sealed record Attachment(string Kind, string MediaType, string File, byte[] Content)
{
    public const string Sbom = "sbom";
    public const string Provenance = "provenance";

    /// <summary>With the media type of each.</summary>
    public static IReadOnlyDictionary<string, string> Kinds { get; } = new Dictionary<string, string> { [Sbom] = MediaTypes.CycloneDx, [Provenance] = MediaTypes.InToto };

    /// <summary>
    /// An artifact has a tag of its own in addition to its reference to the image's digest: registries clean up untagged content, and it must be kept
    /// as long as the image is.
    /// </summary>
    public static string TagOf(string image, string kind) => $"{image}.{kind}";
}
