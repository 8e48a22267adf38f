using Slipway.Build.Cli;
using Slipway.Build.Cli.Output;
using Slipway.Build.Images.Releases;
using Slipway.Build.Images.Scanning.Gate;
using Slipway.Build.Images.Scanning.NuGet;
using Slipway.Registry;

namespace Slipway.Build.Images.Scanning;

/// <summary>Scans the images of a release and audits its NuGet packages, and applies the policy.</summary>
/// <param name="audit">Queries the package feeds.</param>
public sealed class ImageScanning(ImageScanner scanner, Func<NuGetAudit> audit, ReleaseFiles release, IProgressReport report, TimeProvider time)
{
    /// <exception cref="RefusedException">There is more than the policy allows; all files are written.</exception>
    /// <exception cref="SlipwayException">Something could not be scanned, so the scan is inconclusive.</exception>
    public void Scan()
    {
        var record = Forget(release.Read());
        scanner.RequireScanner();
        var policy = scanner.Policy;
        var packages = report.Step("Audit the NuGet packages", step => ImageScanner.Report(step, ScanGate.Evaluate(audit(), policy, time.GetUtcNow())));
        var verdicts = new List<ScanVerdict> { packages };
        foreach (var name in ImageName.All)
        {
            var verdict = scanner.Scan(ImageToScan.Of(record[name]));
            verdicts.Add(verdict.Verdict);
            record = record.With(record[name] with { Scan = Scan(record[name], verdict, packages.Passed) });
            release.Save(record);
        }

        ScanRule[] unused = [.. ScanGate.Unused(policy, verdicts).Select(entry => new ScanRule(
            $"allowed {entry}", ScanOutcome.Warned, null, $"until {entry.Expires:yyyy-MM-dd}", $"It matches no finding: remove the line from {policy.File}."))];
        scanner.Decide(record.Tag, verdicts, unused, "The images are not released, because they contain");
    }

    private ReleaseRecord Forget(ReleaseRecord record)
    {
        scanner.Forget(record.Images.Select(image => image.Name));
        record = record with { Images = [.. record.Images.Select(image => image with { Scan = null })] };
        release.Save(record);
        return record;
    }

    /// <param name="audited">Whether the audit of the NuGet packages has passed; without it, an image has not.</param>
    private ImageScan Scan(ReleaseImage image, ImageVerdict said, bool audited)
    {
        var verdict = said.Verdict;
        var text = audited || !verdict.Passed ? verdict.Summary : $"{verdict.Summary} The audit of the NuGet packages has not passed.";
        return new(image.Id, verdict.Passed && audited, text, said.Report, said.Scanner.ToString(), time.GetUtcNow());
    }
}
