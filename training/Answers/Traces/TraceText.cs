using System.Globalization;

namespace Slipway.Answers.Traces;

/// <summary>Formats counts for people.</summary>
public static class TraceText
{
    /// <summary>Such as <c>1 row</c> or <c>12,000 rows read</c>.</summary>
    public static string Count(long count, string one, string after = "") =>
        $"{count.ToString("#,0", CultureInfo.InvariantCulture)} {one}{(count == 1 ? "" : "s")}{(after.Length == 0 ? "" : $" {after}")}";
}
