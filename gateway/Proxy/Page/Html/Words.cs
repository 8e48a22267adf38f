using System.Globalization;
using System.Text.Json;

namespace Slipway.Gateway.Page.Html;

/// <summary>Numbers and times for people, the same on every page.</summary>
public static class Words
{
    public static string Count(long number) => number.ToString("#,##0", CultureInfo.InvariantCulture);

    public static string Number(double value) => Math.Abs(value) switch
    {
        >= 1000 => value.ToString("#,##0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.##", CultureInfo.InvariantCulture),
        _ => value.ToString("0.####", CultureInfo.InvariantCulture),
    };

    /// <summary>With three digits that mean something.</summary>
    public static string Rate(double value) => value >= 100 ? Count((long)Math.Round(value)) : double.Parse(value.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture).ToString("0.##", CultureInfo.InvariantCulture);

    public static string Milliseconds(double? value) => value switch
    {
        null => "no request",
        >= 100 => $"{value.Value.ToString("#,##0", CultureInfo.InvariantCulture)} ms",
        0 => "0",
        _ => $"{value.Value.ToString("0.0#", CultureInfo.InvariantCulture)} ms",
    };

    public static string Percent(double rate) => $"{(100 * rate).ToString("0.##", CultureInfo.InvariantCulture)} %";

    public static string Plural(long count, string one, string? many = null) => $"{Count(count)} {(count == 1 ? one : many ?? $"{one}s")}";

    public static string Ago(DateTimeOffset at, DateTimeOffset now) => (now - at) switch
    {
        { TotalSeconds: < 60 } => "just now",
        { TotalMinutes: < 60 } age => $"{Count((long)age.TotalMinutes)} min ago",
        { TotalHours: < 48 } age => $"{Count((long)age.TotalHours)} h ago",
        var age => $"{Count((long)age.TotalDays)} days ago",
    };

    public static string At(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    public static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 60 } => $"{time.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)} s",
        { TotalMinutes: < 60 } => $"{time.TotalMinutes.ToString("0.#", CultureInfo.InvariantCulture)} min",
        _ => $"{time.TotalHours.ToString("0.#", CultureInfo.InvariantCulture)} h",
    };

    /// <summary>The word that the store has for a value, such as rolled-back.</summary>
    public static string Of<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>A value for a query string or a path.</summary>
    public static string Url(string text) => Uri.EscapeDataString(text);
}
