using Slipway.Build.Images.Scanning.Policy;
using Slipway.Build.Images.Scanning.Reports;

namespace Slipway.Build.Images.Scanning.Gate;

/// <summary>What was found, against the bounds.</summary>
internal static class FindingRules
{
    /// <param name="image">Null for the audit of the packages, which looks for vulnerabilities alone.</param>
    public static IEnumerable<ScanRule> Of(IReadOnlyList<ScanFinding> findings, ScanPolicy policy, string? image)
    {
        var counts = findings.CountBy(ScanGate.RuleOf).ToDictionary();
        ScanRule Count(string rule, string what, int? most) => ScanRule.Count(rule, what, counts.GetValueOrDefault(rule), most);

        foreach (var severity in Enum.GetValues<Severity>())
        {
            var (word, bounds) = (severity.Text(), policy.Vulnerabilities[severity]);
            yield return Count($"vulnerabilities {word} fixable", $"Vulnerabilities rated {word} that a newer version mends", bounds.Fixable);
            if (image is not null)
                yield return Count($"vulnerabilities {word} unfixable", $"Vulnerabilities rated {word} that nothing mends yet", bounds.Unfixable);
        }

        if (image is null)
            yield break;
        foreach (var severity in Enum.GetValues<Severity>())
            yield return Count($"misconfigurations {severity.Text()}", $"Failed checks of configuration rated {severity.Text()}", policy.Misconfigurations[severity]);
        yield return Count("secrets", "Secrets in the image", policy.Secrets);
    }
}
