using Slipway.Build.Images.Releases;
using Slipway.Registry;

namespace Slipway.Build.Images.Scanning;

/// <summary>The output files of scans, per scanned subject.</summary>
public sealed class ScanFiles(ReleaseFiles release)
{
    /// <summary>The scanner's report, from which everything else is derived.</summary>
    public string Report(string image) => release.At($"{image}.trivy.json");

    /// <summary>The same for code scanning.</summary>
    public string Sarif(string image) => release.At($"{image}.sarif");

    /// <summary>The same as a CycloneDX SBOM.</summary>
    public string Bill(string image) => release.At($"{image}.cdx.json");

    /// <summary>The verdicts, for the summary of a job.</summary>
    public string Summary => release.At("scan.md");

    /// <summary>Deletes the files of an earlier scan, so that they are not mistaken for this one's.</summary>
    public void Remove(string image)
    {
        foreach (var file in new[] { Report(image), Sarif(image), Bill(image), Summary })
            File.Delete(file);
    }

    public string ReportHash(string image) => Sha256Hex.OfFile(Report(image));
}
