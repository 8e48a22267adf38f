using Slipway.Registry;

namespace Slipway.Build;

/// <summary>Scans the images of a release and the packages of its code, and writes down what the policy says of them.</summary>
/// <param name="audit">Asks the feeds about the packages.</param>
public sealed class ImageScanning(
    TrivyTool trivy, Func<NuGetAudit> audit, ScanPolicy policy, ReleaseFiles release, IProgressReport report, TimeProvider time)
{
    private readonly ScanFiles _files = new(release);

    /// <exception cref="RefusedException">There is more than the policy allows; everything is written.</exception>
    /// <exception cref="SlipwayException">Something could not be scanned, so nothing can be said.</exception>
    public void Scan()
    {
        var record = Forget(release.Read());
        trivy.Version();
        var packages = report.Step("Audit the NuGet packages", step => Told(step, ScanGate.Judge(audit(), policy, time.GetUtcNow())));
        var verdicts = new List<ScanVerdict> { packages };
        foreach (var name in ImageName.All)
        {
            var (verdict, scan) = Scan(record[name], packages.Passed);
            verdicts.Add(verdict);
            record = record.With(record[name] with { Scan = scan });
            release.Save(record);
        }

        ScanRule[] unused = [.. ScanGate.Unused(policy, verdicts).Select(entry => new ScanRule(
            $"allowed {entry}", ScanOutcome.Warned, null, $"until {entry.Expires:yyyy-MM-dd}", $"It matches nothing that was found: take the line out of {policy.File}."))];
        File.WriteAllLines(_files.Summary, ScanMarkdown.Lines(record, policy.File, verdicts, unused));
        foreach (var rule in unused)
            report.Line(rule.ToString());
        report.Line($"Judged by {policy.File}. Reports, SARIF, bills of materials and summary: {release.Folder}");
        Decide(verdicts);
    }

    // a verdict from before must not outlive a scan that fails half-way
    private ReleaseRecord Forget(ReleaseRecord record)
    {
        foreach (var image in record.Images)
            _files.Remove(image.Name);
        record = record with { Images = [.. record.Images.Select(image => image with { Scan = null })] };
        release.Save(record);
        return record;
    }

    /// <param name="audited">Whether the packages of the code have passed: an image without that has not.</param>
    private (ScanVerdict Verdict, ImageScan Scan) Scan(ReleaseImage image, bool audited)
    {
        var (verdict, scanner) = report.Step($"Scan the image {image.Local}", step =>
        {
            trivy.Scan(image.Local, _files.Report(image.Name), step.Now);
            var scanned = new ScannedImage(image, TrivyReportReader.Read(_files.Report(image.Name)), trivy.Version());
            var judged = Told(step, ScanGate.Judge(scanned, policy, time.GetUtcNow()));
            trivy.Convert(_files.Report(image.Name), "sarif", _files.Sarif(image.Name));
            trivy.Convert(_files.Report(image.Name), "cyclonedx", _files.Bill(image.Name));
            return (judged, scanned.Scanner);
        });
        var text = audited || !verdict.Passed ? verdict.Summary : $"{verdict.Summary} The audit of the NuGet packages has not passed.";
        return (verdict, new(image.Id, verdict.Passed && audited, text, _files.ReportHash(image.Name), scanner.ToString(), time.GetUtcNow()));
    }

    private static ScanVerdict Told(IProgressStep step, ScanVerdict verdict)
    {
        foreach (var rule in verdict.Rules.Where(rule => rule.Outcome != ScanOutcome.Passed))
            step.Note(rule.ToString());
        step.Note(verdict.Summary);
        if (!verdict.Passed)
            step.Fail();
        return verdict;
    }

    private void Decide(IReadOnlyList<ScanVerdict> verdicts)
    {
        ScanVerdict[] refused = [.. verdicts.Where(verdict => !verdict.Passed)];
        if (refused.Length == 0)
            return;
        var lines = string.Concat(refused.SelectMany(verdict => verdict.Rules
            .Where(rule => rule.Outcome is ScanOutcome.Failed or ScanOutcome.Inconclusive).Select(rule => $"{Environment.NewLine}  {verdict.Subject}: {rule}")));
        if (refused.Any(verdict => verdict.Outcome == ScanOutcome.Failed))
            throw new RefusedException($"The images are not released, for they carry more than {policy.File} allows:{lines}{Environment.NewLine}Every finding, with what mends it: {_files.Summary}");
        throw new SlipwayException($"The images can not be judged, and what was not seen has not passed:{lines}");
    }
}
