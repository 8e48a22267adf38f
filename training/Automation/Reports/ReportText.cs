using System.Globalization;
using Slipway.Registry.Models;

namespace Slipway.Automation.Reports;

/// <summary>Formats numbers and times for the reports.</summary>
public static class ReportText
{
    /// <summary>As many digits as are meaningful: four for a ratio, while an error in somebody's unit may be large.</summary>
    public static string Number(double value) => Math.Abs(value) switch
    {
        >= 1e7 => value.ToString("0.###E+0", CultureInfo.InvariantCulture),
        >= 1000 => value.ToString("#,0.#", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.00", CultureInfo.InvariantCulture),
        > 0 and < 0.0005 => value.ToString("0.#E+0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.0000", CultureInfo.InvariantCulture),
    };

    /// <summary>A value of somebody's column, in as few digits as it needs.</summary>
    internal static string Short(double value) => value.ToString(Math.Abs(value) >= 1e6 ? "#,0.##" : "G6", CultureInfo.InvariantCulture);

    public static string Interval(Metric metric) => metric is { Low: { } low, High: { } high } ? $"{Number(low)} – {Number(high)}" : "";

    public static string Share(double share) => share.ToString("0.##%", CultureInfo.InvariantCulture);

    public static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    public static string Word(Enum value) => value.ToString().ToLowerInvariant();
}
