using Slipway.Registry;

namespace Slipway.Build.Images.Scanning.Reports;

/// <summary>The severity of a finding, in the scanner's terms.</summary>
public enum Severity
{
    Critical,
    High,
    Medium,
    Low,

    /// <summary>Not rated yet, which does not make it harmless.</summary>
    Unknown,
}

public static class SeverityText
{
    /// <exception cref="SlipwayException">An unknown term: guessing could hide the worst.</exception>
    public static Severity Parse(string? text, string finding) => text switch
    {
        "CRITICAL" => Severity.Critical,
        "HIGH" => Severity.High,
        "MEDIUM" => Severity.Medium,
        "LOW" => Severity.Low,
        "UNKNOWN" => Severity.Unknown,
        _ => throw new SlipwayException($"The scan rates {finding} as '{text}', which is not one of CRITICAL, HIGH, MEDIUM, LOW, UNKNOWN. The report cannot be evaluated."),
    };

    public static string Text(this Severity severity) => severity.ToString().ToLowerInvariant();
}
