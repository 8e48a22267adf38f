namespace Slipway.Reporting.Charts;

/// <summary>The colors of all plots, after Okabe and Ito: distinguishable with color blindness, on a light page and, in their second form, on a dark one.</summary>
public static class ChartPalette
{
    public const string Blue = "#0072B2";
    public const string Orange = "#D55E00";
    public const string Yellow = "#E69F00";
    public const string Reference = "#818B98";
    public const string Grid = "#DFE3E8";

    public static IReadOnlyDictionary<string, string> OnDark { get; } = new Dictionary<string, string>
    {
        [Blue] = "#4AA3DF",
        [Orange] = "#F28C4A",
        [Yellow] = "#F2B84B",
        [Reference] = "#7D8590",
        [Grid] = "#2A3038",
    };

    public static string Style { get; } =
        "text{font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif;font-size:12px;fill:#1F2328}" +
        "[stroke=\"" + Reference + "\"]{stroke-dasharray:4 4}" +
        ".title{font-size:15px;font-weight:600}.quiet{fill:#59636E}.inverse{fill:#FFFFFF}.page{fill:#FFFFFF}" +
        "@media(prefers-color-scheme:dark){text{fill:#E6EDF3}.quiet{fill:#9198A1}.inverse{fill:#0D1117}.page{fill:#0D1117}" +
        string.Concat(OnDark.Select(color => $"[fill=\"{color.Key}\"]{{fill:{color.Value}}}[stroke=\"{color.Key}\"]{{stroke:{color.Value}}}")) + "}";
}
