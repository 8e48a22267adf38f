using Slipway.Build.Images.Releases;

namespace Slipway.Build.Images.Scanning;

/// <summary>An image to scan, and how to verify that a report belongs to it.</summary>
/// <param name="Subject">The image's name in the verdict, and the prefix of its files.</param>
/// <param name="Name">One of <see cref="ImageName"/>, which determines which of our programs it contains.</param>
/// <param name="Reference">How to find it there: a name, an id, or <c>repository@digest</c>.</param>
/// <param name="Id">The image's id in an engine, or the digest of its manifest in a registry: <c>sha256:&lt;64 hex digits&gt;</c></param>
public sealed record ImageToScan(string Subject, string Name, string Reference, ImageOrigin Origin, string Id)
{
    public static ImageToScan Of(ReleaseImage image) => new(image.Name, image.Name, image.Local, ImageOrigin.Engine, image.Id);
}

/// <summary>Where the scanner reads an image from.</summary>
public enum ImageOrigin
{
    /// <summary>The engine on this machine.</summary>
    Engine,

    /// <summary>The container registry in its name, without an engine.</summary>
    Registry,
}
