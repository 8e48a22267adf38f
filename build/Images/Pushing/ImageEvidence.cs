using Slipway.Build.Images.ContainerRegistry;
using Slipway.Build.Images.Releases;
using Slipway.Build.Images.Supply;
using Slipway.Registry;

namespace Slipway.Build.Images.Pushing;

/// <summary>What is attached to a pushed image: its SBOM, and how it was built.</summary>
/// <param name="provenance">Creates the statement about a pushed image.</param>
public sealed class ImageEvidence(ReleaseFiles files, Func<ReleaseRecord, ReleaseImage, byte[]> provenance)
{
    // enough for the SBOM of one image; far more is a mistake
    private const int MaxBytes = 64 * 1024 * 1024;

    /// <exception cref="SlipwayException">The SBOM does not exist.</exception>
    public void Require(ReleaseImage image) => ReadSbom(image);

    /// <param name="image">The pushed image.</param>
    public IReadOnlyList<Attachment> Of(ReleaseRecord release, ReleaseImage image)
    {
        var statement = ImageProvenance.File(image.Name);
        var content = provenance(release, image);
        File.WriteAllBytes(files.At(statement), content);
        return [new(Attachment.Sbom, MediaTypes.CycloneDx, SbomOf(image), ReadSbom(image)), new(Attachment.Provenance, MediaTypes.InToto, statement, content)];
    }

    private static string SbomOf(ReleaseImage image) => $"{image.Name}.cdx.json";

    private byte[] ReadSbom(ReleaseImage image)
    {
        var path = new FileInfo(files.At(SbomOf(image)));
        return path is { Exists: true, Length: > 0 and <= MaxBytes }
            ? File.ReadAllBytes(path.FullName)
            : throw new SlipwayException($"The SBOM '{path.FullName}' does not exist, is empty or is larger than {MaxBytes} bytes. Scan again to create it: ./build.sh --target=ScanImages");
    }
}
