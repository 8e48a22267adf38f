using Slipway.Registry;

namespace Slipway.Build;

/// <summary>Evidence that goes with an image.</summary>
/// <param name="Kind">What people call it; with it ends its own tag.</param>
/// <param name="MediaType">Of the content, and of the artifact that holds it.</param>
public sealed record Attachment(string Kind, string MediaType, string File, byte[] Content)
{
    public const string Sbom = "sbom";
    public const string Provenance = "provenance";

    // what a scanner lists of one image; far more is a mistake
    private const int MostBytes = 64 * 1024 * 1024;

    /// <summary>
    /// An artifact has a tag of its own beside being found by the image's digest: repositories clear what has no tag, and it is to stay as long as
    /// the image does.
    /// </summary>
    public static string TagOf(string image, string kind) => $"{image}.{kind}";

    /// <summary>What scanning left for an image.</summary>
    /// <exception cref="SlipwayException">It is not there.</exception>
    public static IReadOnlyList<Attachment> Of(ReleaseFiles files, string image) =>
    [
        Read(files, Sbom, MediaTypes.CycloneDx, $"{image}.cdx.json"),
        Read(files, Provenance, MediaTypes.InToto, $"{image}.provenance.json"),
    ];

    private static Attachment Read(ReleaseFiles files, string kind, string mediaType, string file)
    {
        var path = new FileInfo(files.At(file));
        return path is { Exists: true, Length: > 0 and <= MostBytes }
            ? new(kind, mediaType, file, System.IO.File.ReadAllBytes(path.FullName))
            : throw new SlipwayException($"The {kind} '{path.FullName}' is not there, empty or larger than {MostBytes} bytes. Scan again, which writes it: ./build.sh --target=ScanImages");
    }
}
