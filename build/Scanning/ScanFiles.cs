using Slipway.Registry;

namespace Slipway.Build;

/// <summary>What scans leave in a folder, of each subject that was scanned.</summary>
public sealed class ScanFiles(ReleaseFiles release)
{
    /// <summary>What the scanner reported: everything else is made from it.</summary>
    public string Report(string image) => release.At($"{image}.trivy.json");

    /// <summary>The same for code scanning.</summary>
    public string Sarif(string image) => release.At($"{image}.sarif");

    /// <summary>The same as a bill of materials, in CycloneDX.</summary>
    public string Bill(string image) => release.At($"{image}.cdx.json");

    /// <summary>The verdicts, for the summary of a job.</summary>
    public string Summary => release.At("scan.md");

    /// <summary>Nothing of a scan before may pass for this one's.</summary>
    public void Remove(string image)
    {
        foreach (var file in new[] { Report(image), Sarif(image), Bill(image), Summary })
            File.Delete(file);
    }

    public string ReportHash(string image) => Sha256Hex.OfFile(Report(image));
}
