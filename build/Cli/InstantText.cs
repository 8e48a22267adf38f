using System.Globalization;

namespace Slipway.Build.Cli;

/// <summary>A point in time as people type it: a date, or a date and a time, in UTC unless it has an offset.</summary>
public static class InstantText
{
    public const string Examples = "2026-11-23, 2026-11-23T10:00 or 2026-11-23T10:00:00+01:00 (UTC unless it has an offset)";

    private static readonly string[] Forms =
    [
        .. new[] { "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss.FFFFFFF" }
            .SelectMany(form => new[] { form, $"{form}K" }),
        // as the history prints it
        "u",
        "yyyy-MM-dd",
    ];

    public static bool TryParse(string text, out DateTimeOffset instant) => DateTimeOffset.TryParseExact(
        text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out instant);
}
