using Slipway.Build.Images.Scanning.Policy;
using Slipway.Build.Images.Scanning.Reports;

namespace Slipway.Build.Images.Scanning.Gate;

/// <summary>Compares the findings with the limits.</summary>
internal static class FindingRules
{
    /// <param name="image">Null for the audit of NuGet packages, which only finds vulnerabilities.</param>
    public static IEnumerable<ScanRule> Of(IReadOnlyList<ScanFinding> findings, ScanPolicy policy, string? image)
    {
        var counts = findings.CountBy(ScanGate.RuleOf).ToDictionary();
        ScanRule Count(string rule, string what, int? most) => ScanRule.Count(rule, what, counts.GetValueOrDefault(rule), most);

        foreach (var severity in Enum.GetValues<Severity>())
        {
            var (word, bounds) = (severity.Text(), policy.Vulnerabilities[severity]);
            yield return Count($"vulnerabilities {word} fixable", $"Vulnerabilities rated {word} with a fix available", bounds.Fixable);
            if (image is not null)
                yield return Count($"vulnerabilities {word} unfixable", $"Vulnerabilities rated {word} without a fix", bounds.Unfixable);
        }

        if (image is null)
            yield break;
        foreach (var severity in Enum.GetValues<Severity>())
            yield return Count($"misconfigurations {severity.Text()}", $"Misconfigurations rated {severity.Text()}", policy.Misconfigurations[severity]);
        yield return Count("secrets", "Secrets in the image", policy.Secrets);
    }
}
