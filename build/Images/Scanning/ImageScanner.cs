using Slipway.Build.Cli;
using Slipway.Build.Cli.Output;
using Slipway.Build.Images.Releases;
using Slipway.Build.Images.Scanning.Gate;
using Slipway.Build.Images.Scanning.Policy;
using Slipway.Build.Images.Scanning.Reports;
using Slipway.Build.Images.Scanning.Trivy;
using Slipway.Registry;
using Slipway.Reporting.Markdown;

namespace Slipway.Build.Images.Scanning;

/// <summary>Scans one image after the other, stores the reports, and applies the policy.</summary>
/// <param name="release">The folder for reports, SBOMs and verdicts.</param>
public sealed class ImageScanner(TrivyTool trivy, ScanPolicy policy, ReleaseFiles release, IProgressReport report, TimeProvider time)
{
    private readonly ScanFiles _files = new(release);

    public ScanPolicy Policy => policy;

    public string Folder => release.Folder;

    /// <summary>The verdicts as Markdown, once they are written.</summary>
    public string Summary => _files.Summary;

    /// <summary>Deletes earlier verdicts, which must not outlive a scan that fails halfway.</summary>
    public void Forget(IEnumerable<string> subjects)
    {
        foreach (var subject in subjects)
            _files.Remove(subject);
    }

    /// <summary>The same for a folder that contains nothing else.</summary>
    public void ForgetAll()
    {
        if (Directory.Exists(release.Folder))
            Directory.Delete(release.Folder, recursive: true);
        Directory.CreateDirectory(release.Folder);
    }

    /// <exception cref="SlipwayException">The scanner is not installed, or cannot be trusted.</exception>
    public void RequireScanner() => trivy.Version();

    /// <param name="configuration">The folder of a Docker client configuration with the login to the image's registry; null for the user's own.</param>
    public ImageVerdict Scan(ImageToScan image, string? configuration = null) => report.Step($"Scan the image {image.Reference}", step =>
    {
        var file = _files.Report(image.Subject);
        trivy.Scan(image, file, step.Now, configuration);
        var scanned = new ScannedImage(image, TrivyReportReader.Read(file), trivy.Version());
        var judged = Report(step, ScanGate.Evaluate(scanned, policy, time.GetUtcNow()));
        trivy.Convert(file, "sarif", _files.Sarif(image.Subject));
        trivy.Convert(file, "cyclonedx", _files.Bill(image.Subject));
        return new ImageVerdict(judged, _files.ReportHash(image.Subject), scanned.Scanner);
    });

    /// <summary>Shows a verdict at the end of its step.</summary>
    public static ScanVerdict Report(IProgressStep step, ScanVerdict verdict)
    {
        foreach (var rule in verdict.Rules.Where(rule => rule.Outcome != ScanOutcome.Passed))
            step.Note(rule.ToString());
        step.Note(verdict.Summary);
        if (!verdict.Passed)
            step.Fail();
        return verdict;
    }

    /// <summary>Writes the verdicts, and fails if one of them did not pass.</summary>
    /// <param name="title">What was scanned.</param>
    /// <param name="unused">Exceptions in the policy that match nothing any more.</param>
    /// <param name="refused">The consequence of a failure, as the beginning of a sentence that says why.</param>
    /// <exception cref="RefusedException">There is more than the policy allows; all files are written.</exception>
    /// <exception cref="SlipwayException">Something was not seen, so the scan is inconclusive.</exception>
    public void Decide(string title, IReadOnlyList<ScanVerdict> verdicts, IReadOnlyList<ScanRule> unused, string refused)
    {
        File.WriteAllText(_files.Summary, MarkdownRenderer.Text(ScanSummary.Of(title, policy.File, verdicts, unused)));
        foreach (var rule in unused)
            report.Line(rule.ToString());
        report.Line($"Policy: {policy.File}. Reports, SARIF, SBOMs and summary: {release.Folder}");

        ScanVerdict[] no = [.. verdicts.Where(verdict => !verdict.Passed)];
        if (no.Length == 0)
            return;
        var lines = string.Concat(no.SelectMany(verdict => verdict.Rules
            .Where(rule => rule.Outcome is ScanOutcome.Failed or ScanOutcome.Inconclusive).Select(rule => $"{Environment.NewLine}  {verdict.Subject}: {rule}")));
        if (no.Any(verdict => verdict.Outcome == ScanOutcome.Failed))
            throw new RefusedException($"{refused} more than {policy.File} allows:{lines}{Environment.NewLine}All findings and fixes: {_files.Summary}");
        throw new SlipwayException($"The scan is inconclusive, so the images have not passed:{lines}");
    }
}

/// <param name="Report">SHA-256 of the scanner's report.</param>
public sealed record ImageVerdict(ScanVerdict Verdict, string Report, TrivyVersion Scanner);
