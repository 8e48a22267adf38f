using Slipway.Build.Images.Scanning.Reports;
using Slipway.Registry;

namespace Slipway.Build.Images.Scanning.Gate;

/// <summary>An image with what the scanner reported of it.</summary>
/// <param name="Scanner">Asked after the scan, so that its data is what the scan used.</param>
public sealed record ScannedImage(ImageToScan Image, TrivyReport Report, TrivyVersion Scanner)
{
    /// <summary>Our own programs in it. The packages of each stand in its <c>*.deps.json</c>: a report without that has not seen them.</summary>
    public IReadOnlyList<string> Programs => Image.Name switch
    {
        ImageName.Model => ["Slipway.Inference", "Slipway.Trainer"],
        ImageName.Gateway => ["Slipway.Gateway"],
        var other => throw new SlipwayException($"Nobody knows what the image '{other}' holds, so its scan can not be judged."),
    };
}
