using System.Text.Json;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Images.Scanning.Reports;
using Slipway.Registry;

namespace Slipway.Build.Images.Scanning.Policy;

/// <summary>Reads the policy, and rejects one that is weaker than it seems.</summary>
public static class ScanPolicyReader
{
    private const int MaxHours = 366 * 24;

    /// <exception cref="SlipwayException">It is missing or invalid; the message says where.</exception>
    public static ScanPolicy Read(string file)
    {
        if (!File.Exists(file))
            throw new SlipwayException($"There is no scan policy at '{file}', and nothing passes without one. Restore it from git, or name another with {SettingKeys.ScanPolicy.Name} (cake.config or --{SettingKeys.ScanPolicy.Name}=<file>).");
        try
        {
            ReadOnlySpan<byte> json = File.ReadAllBytes(file);
            // some editors write a byte order mark
            var policy = JsonSerializer.Deserialize(json.StartsWith("\uFEFF"u8) ? json[3..] : json, ScanPolicyJson.Default.ScanPolicy)
                ?? throw new SlipwayException($"'{file}' is null instead of a policy.");
            var problems = string.Concat(Problems(policy).Select(problem => $"{Environment.NewLine}  - {problem}"));
            return problems.Length == 0 ? policy : throw new SlipwayException($"'{file}' is invalid:{problems}");
        }
        catch (JsonException e)
        {
            throw new SlipwayException($"'{file}' cannot be read{Place(e)}: {e.Message}", e);
        }
    }

    // people count lines from one
    private static string Place(JsonException e) => e.LineNumber is { } line ? $" at line {line + 1}{(e.Path is { Length: > 1 } path ? $" ({path})" : "")}" : "";

    private static IEnumerable<string> Problems(ScanPolicy policy)
    {
        foreach (var (bound, value) in Numbers(policy))
            if (value < 0)
                yield return $"'{bound}' is {value}: a limit must be 0 or more, or null for no limit.";
        foreach (var (bound, value) in new[] { ("report.hoursAtMost", policy.Report.HoursAtMost), ("report.databaseHoursAtMost", policy.Report.DatabaseHoursAtMost ?? 0) })
            if (value > MaxHours)
                yield return $"'{bound}' is {value}: the maximum is {MaxHours}, a year.";
        foreach (var (entry, index) in policy.Allow.Select((entry, index) => (entry, index)))
        {
            if (entry is null)
            {
                yield return $"'allow' entry {index + 1} is null.";
                continue;
            }

            var name = $"'allow' entry {index + 1}{(entry.Id.Length > 0 ? $" ({entry})" : "")}";
            if (string.IsNullOrWhiteSpace(entry.Id))
                yield return $"{name} has no id.";
            if (string.IsNullOrWhiteSpace(entry.Reason))
                yield return $"{name} has no reason: explain why the finding does no harm, for whoever reviews it when it expires.";
            if (entry.Package is not null && string.IsNullOrWhiteSpace(entry.Package))
                yield return $"{name} names an empty package: omit it to match any.";
            if (entry.Image is { } image && !ImageName.All.Contains(image))
                yield return $"{name} names an unknown image: '{image}'. Valid names: {string.Join(", ", ImageName.All)}.";
        }
    }

    private static IEnumerable<(string Name, int? Value)> Numbers(ScanPolicy policy) =>
    [
        .. Enum.GetValues<Severity>().SelectMany(severity => new (string, int?)[]
        {
            ($"vulnerabilities.{severity.Text()}.fixable", policy.Vulnerabilities[severity].Fixable),
            ($"vulnerabilities.{severity.Text()}.unfixable", policy.Vulnerabilities[severity].Unfixable),
            ($"misconfigurations.{severity.Text()}", policy.Misconfigurations[severity]),
        }),
        ("secrets", policy.Secrets),
        ("report.hoursAtMost", policy.Report.HoursAtMost),
        ("report.databaseHoursAtMost", policy.Report.DatabaseHoursAtMost),
    ];
}
