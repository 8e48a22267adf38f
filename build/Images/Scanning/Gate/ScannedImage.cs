using Slipway.Build.Images.Scanning.Reports;
using Slipway.Registry;

namespace Slipway.Build.Images.Scanning.Gate;

/// <summary>An image and the scanner's report on it.</summary>
/// <param name="Scanner">Queried after the scan, so that it describes the data that the scan used.</param>
public sealed record ScannedImage(ImageToScan Image, TrivyReport Report, TrivyVersion Scanner)
{
    /// <summary>Our own programs in it. The packages of each are listed in its <c>*.deps.json</c>: a report without that file has not seen them.</summary>
    public IReadOnlyList<string> Programs => Image.Name switch
    {
        ImageName.Model => ["Slipway.Inference", "Slipway.Trainer"],
        ImageName.Gateway => ["Slipway.Gateway"],
        var other => throw new SlipwayException($"The content of the image '{other}' is unknown, so its scan cannot be evaluated."),
    };
}
