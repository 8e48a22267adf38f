using Slipway.Build.Images.ContainerRegistry;

namespace Slipway.Build.Images.Pushing;

/// <summary>Evidence that goes with an image.</summary>
/// <param name="Kind">What people call it; with it ends its own tag.</param>
/// <param name="MediaType">Of the content, and of the artifact that holds it.</param>
public sealed record Attachment(string Kind, string MediaType, string File, byte[] Content)
{
    public const string Sbom = "sbom";
    public const string Provenance = "provenance";

    /// <summary>With the media type of each.</summary>
    public static IReadOnlyDictionary<string, string> Kinds { get; } = new Dictionary<string, string> { [Sbom] = MediaTypes.CycloneDx, [Provenance] = MediaTypes.InToto };

    /// <summary>
    /// An artifact has a tag of its own beside being found by the image's digest: repositories clear what has no tag, and it is to stay as long as
    /// the image does.
    /// </summary>
    public static string TagOf(string image, string kind) => $"{image}.{kind}";
}
