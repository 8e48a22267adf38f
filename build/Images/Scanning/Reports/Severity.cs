using Slipway.Registry;

namespace Slipway.Build.Images.Scanning.Reports;

/// <summary>How bad a finding is, in the scanner's own words.</summary>
public enum Severity
{
    Critical,
    High,
    Medium,
    Low,

    /// <summary>Nobody has rated it yet, which says nothing good of it.</summary>
    Unknown,
}

public static class SeverityText
{
    /// <exception cref="SlipwayException">No word of the scanner's that we know: guessing could hide the worst.</exception>
    public static Severity Parse(string? text, string finding) => text switch
    {
        "CRITICAL" => Severity.Critical,
        "HIGH" => Severity.High,
        "MEDIUM" => Severity.Medium,
        "LOW" => Severity.Low,
        "UNKNOWN" => Severity.Unknown,
        _ => throw new SlipwayException($"The scan rates {finding} as '{text}', which is none of CRITICAL, HIGH, MEDIUM, LOW, UNKNOWN. Such a report can not be judged."),
    };

    public static string Text(this Severity severity) => severity.ToString().ToLowerInvariant();
}
