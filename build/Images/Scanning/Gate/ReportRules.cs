using Slipway.Build.Cli.Configuration;
using Slipway.Build.Images.Scanning.Policy;
using Slipway.Build.Images.Scanning.Reports;

namespace Slipway.Build.Images.Scanning.Gate;

/// <summary>Whether a report belongs to this image, is recent, and comes from a scan that could see the content.</summary>
internal static class ReportRules
{
    // the clocks of two machines differ a little, and the scan itself takes time
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    public static int Packages(TrivyReport report) => report.AllResults.Sum(result => result.Packages?.Count ?? 0);

    public static IEnumerable<ScanRule> Of(ScannedImage scanned, ScanPolicy policy, DateTimeOffset now)
    {
        var (image, report) = (scanned.Image, scanned.Report);
        yield return Image(image, report);
        yield return Age("report age", "The report", report.CreatedAt, policy.Report.HoursAtMost, now);
        if (policy.Report.DatabaseHoursAtMost is { } hours)
            yield return Age("report data", "The scanner's vulnerability data", scanned.Scanner.VulnerabilityDB?.UpdatedAt, hours, now);
        if (policy.SystemPackages)
            yield return System(report);
        yield return Programs(scanned);
        yield return Complete(report, policy);
        if (!policy.EndOfLife)
            yield return EndOfLife(report);
    }

    private static ScanRule Image(ImageToScan image, TrivyReport report)
    {
        var (kind, id) = (report.ArtifactType, report.Metadata?.ImageID);
        var same = kind == TrivyReport.ContainerImage && (image.Origin == ImageOrigin.Engine
            ? id is not null && id == image.Id
            : report.Metadata?.RepoDigests?.Any(one => one.EndsWith($"@{image.Id}", StringComparison.Ordinal)) == true);
        var which = image.Origin == ImageOrigin.Engine ? id : report.Metadata?.RepoDigests is { Count: > 0 } digests ? string.Join(", ", digests) : null;
        return Seen("report image", same, null, image.Id, kind != TrivyReport.ContainerImage
            ? $"The report is for '{kind ?? "an unknown kind of artifact"}', not for an image."
            : $"The report is for the image {which ?? "(unknown)"}, '{report.ArtifactName}'; the one that {(image.Origin == ImageOrigin.Engine ? "was packaged" : "is running")} is {image.Id}.");
    }

    private static ScanRule Age(string rule, string what, DateTimeOffset? since, int hours, DateTimeOffset now)
    {
        if (since is not { } at)
            return Seen(rule, false, null, $"<= {hours} h", $"{what} has no date.");
        var age = now - at;
        return Seen(rule, age <= TimeSpan.FromHours(hours) && age >= -Ahead, Math.Round(age.TotalHours, 1), $"<= {hours} h",
            age < -Ahead ? $"{what} is from {at:u}, which is in the future: one of the clocks is wrong." : $"{what} is from {at:u}, which is more than {hours} hours ago.");
    }

    private static ScanRule System(TrivyReport report)
    {
        var packages = report.AllResults.Where(result => result.Class == TrivyResult.SystemPackages).Sum(result => result.Packages?.Count ?? 0);
        return Seen("report system packages", packages > 0, packages, ">= 1",
            $"The scan saw no packages of {(report.Metadata?.OS is { Family: { } family } system ? $"{family} {system.Name}".TrimEnd() : "a distribution")}: the base image lacks its package list, or the scan was configured to skip it.");
    }

    private static ScanRule Programs(ScannedImage scanned)
    {
        // by the file that lists a program's packages, because releases of Trivy do not agree on whether the program itself is a package
        var seen = scanned.Report.AllResults.Where(result => result is { Type: TrivyResult.DotNet, Packages.Count: > 0 })
            .Select(result => Path.GetFileName(result.Target)).ToHashSet();
        string[] missing = [.. scanned.Programs.Where(program => !seen.Contains($"{program}.deps.json"))];
        return Seen("report programs", missing.Length == 0, scanned.Programs.Count - missing.Length, $">= {scanned.Programs.Count}",
            $"The scan did not see {string.Join(" and ", missing)}, so it did not see the packages that come with it.");
    }

    private static ScanRule Complete(TrivyReport report, ScanPolicy policy)
    {
        var left = report.AllResults.SelectMany(result => result.ExperimentalModifiedFindings ?? []).ToArray();
        var sources = string.Join(", ", left.Select(one => one.Source ?? "a source without a name").Distinct());
        return new("report complete", left.Length == 0 ? ScanOutcome.Passed : ScanOutcome.Failed, left.Length, "<= 0",
            $"The scanner suppressed {left.Length} findings because of {sources}. Accept findings in {policy.File} instead, with a reason and an end date.");
    }

    private static ScanRule EndOfLife(TrivyReport report)
    {
        var system = report.Metadata?.OS;
        return new("end of life", system?.EOSL == true ? ScanOutcome.Failed : ScanOutcome.Passed, null, "maintained",
            $"{system?.Family} {system?.Name} is no longer maintained: move to a newer base image ({BaseImages.Pins}).");
    }

    private static ScanRule Seen(string rule, bool passed, double? value, string bound, string otherwise) =>
        new(rule, passed ? ScanOutcome.Passed : ScanOutcome.Inconclusive, value, bound, passed ? "OK." : otherwise);
}
