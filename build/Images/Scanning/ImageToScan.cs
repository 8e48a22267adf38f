using Slipway.Build.Images.Releases;

namespace Slipway.Build.Images.Scanning;

/// <summary>An image that is to be scanned, and how to tell that a report is of this very one.</summary>
/// <param name="Subject">What the verdict calls it; begins the names of its files.</param>
/// <param name="Name">One of <see cref="ImageName"/>: says which programs of ours are in it.</param>
/// <param name="Reference">As it is found there: a name, an id, or <c>repository@digest</c>.</param>
/// <param name="Id">In an engine the image's id, in a registry the digest of its manifest: <c>sha256:&lt;64 hex digits&gt;</c></param>
public sealed record ImageToScan(string Subject, string Name, string Reference, ImageOrigin Origin, string Id)
{
    public static ImageToScan Of(ReleaseImage image) => new(image.Name, image.Name, image.Local, ImageOrigin.Engine, image.Id);
}

/// <summary>Where the scanner gets an image from.</summary>
public enum ImageOrigin
{
    /// <summary>The engine on this machine.</summary>
    Engine,

    /// <summary>The registry in its name, without an engine.</summary>
    Registry,
}
