using System.Globalization;
using System.Text.RegularExpressions;

namespace Slipway.Trainer;

/// <summary>What a text may have meant that is not a number.</summary>
public static partial class NumberText
{
    private const int Longest = 60;

    public static string Shortened(ReadOnlySpan<char> text) => text.Length <= Longest ? text.ToString() : $"{text[..Longest]}...";

    /// <summary>A sentence with a blank before it that says what to do, or nothing.</summary>
    public static string Hint(ReadOnlySpan<char> text)
    {
        var value = text.ToString();
        return Thousands().IsMatch(value) ? " It seems to have thousands separators: write it without."
            : DecimalComma().IsMatch(value) ? " It seems to have a decimal comma: write it with a point."
            : Unit().IsMatch(value) ? " It seems to carry a unit or a sign: write the number alone."
            : DateTime.TryParse(value, CultureInfo.InvariantCulture, out _) ? " It seems to be a date or a time: turn it into a number that means something, such as days since a day, or ignore the column."
            : value.ToUpperInvariant() is "NA" or "N/A" or "NULL" or "NONE" or "?" or "-" or "INF" or "INFINITY" or "-INF" or "-INFINITY"
                ? " If it stands for a missing value, leave the cell empty."
                : "";
    }

    [GeneratedRegex(@"^[+-]?\d{1,3}([,' \u00a0]\d{3})+(\.\d+)?$|^[+-]?\d{1,3}(\.\d{3}){2,}(,\d+)?$")]
    private static partial Regex Thousands();

    [GeneratedRegex(@"^[+-]?\d+,\d+$")]
    private static partial Regex DecimalComma();

    [GeneratedRegex(@"^[$€£]\s?[+-]?\d[\d.]*$|^[+-]?\d[\d.]*\s?(%|[$€£]|[A-Za-z]{1,4})$")]
    private static partial Regex Unit();
}
