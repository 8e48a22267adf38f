using System.Globalization;
using System.Text.RegularExpressions;

namespace Slipway.Trainer.Data;

/// <summary>What a text that is not a number may have meant.</summary>
public static partial class NumberText
{
    private const int MaxShownLength = 60;

    public static string Shortened(ReadOnlySpan<char> text) => text.Length <= MaxShownLength ? text.ToString() : $"{text[..MaxShownLength]}...";

    /// <summary>A sentence with a leading space that says what to do, or nothing.</summary>
    public static string Hint(ReadOnlySpan<char> text) => KindOf(text) switch
    {
        NonNumericKind.Thousands => " It seems to have thousands separators, or a decimal comma: write it without separators and with a point.",
        NonNumericKind.DecimalComma => " It seems to have a decimal comma: write it with a point.",
        NonNumericKind.Unit => " It seems to contain a unit or a symbol: write only the number.",
        NonNumericKind.Date => " It seems to be a date or a time: convert it to a meaningful number, such as days since a date, or ignore the column.",
        NonNumericKind.MissingWord or NonNumericKind.Infinity => " If it stands for a missing value, leave the cell empty.",
        _ => "",
    };

    /// <summary>Classifies a text that cannot be parsed as a finite number.</summary>
    public static NonNumericKind KindOf(ReadOnlySpan<char> text)
    {
        if (text.Length > MaxShownLength)
            return NonNumericKind.Word;

        var value = text.ToString();
        // nobody puts a thousands separator after a zero: 0,561
        return DecimalComma().IsMatch(value) && (value.TrimStart('+', '-').StartsWith('0') || !Thousands().IsMatch(value)) ? NonNumericKind.DecimalComma
            : Thousands().IsMatch(value) ? NonNumericKind.Thousands
            : IsDate(value) ? NonNumericKind.Date
            : Unit().IsMatch(value) ? NonNumericKind.Unit
            : value.ToUpperInvariant() switch
            {
                "NA" or "N/A" or "N.A." or "#N/A" or "NAN" or "NULL" or "NIL" or "NONE" or "?" or "-" or "--" or "." or "UNKNOWN" or "MISSING" => NonNumericKind.MissingWord,
                "INF" or "+INF" or "-INF" or "INFINITY" or "+INFINITY" or "-INFINITY" or "\u221E" or "-\u221E" => NonNumericKind.Infinity,
                _ => float.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && float.IsInfinity(number)
                    ? NonNumericKind.Infinity
                    : NonNumericKind.Word,
            };
    }

    // the parser alone would accept May as a date, and 10-19 too
    private static bool IsDate(string value) =>
        Calendar().IsMatch(value) || (YearOrTime().IsMatch(value) && DateTime.TryParse(value, CultureInfo.InvariantCulture, out _));

    [GeneratedRegex(@"^[+-]?\d{1,3}([,' \u00a0]\d{3})+(\.\d+)?$|^[+-]?\d{1,3}((\.\d{3}){2,}|(\.\d{3})+,\d+)$")]
    private static partial Regex Thousands();

    [GeneratedRegex(@"^[+-]?\d+,\d+$")]
    private static partial Regex DecimalComma();

    [GeneratedRegex(@"^[$€£]\s?[+-]?\d[\d.]*$|^[+-]?\d[\d.]*\s?(%|[$€£]|[A-Za-z]{1,4})$")]
    private static partial Regex Unit();

    [GeneratedRegex(@"^(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](\d{4}|\d{2}))([T ].*)?$")]
    private static partial Regex Calendar();

    [GeneratedRegex(@"\d{4}|\d:\d\d")]
    private static partial Regex YearOrTime();
}

/// <summary>The kinds of text that occur in place of a number.</summary>
public enum NonNumericKind
{
    Word,

    /// <summary>Such as NA or a question mark: a placeholder for a missing value.</summary>
    MissingWord,

    Thousands,
    DecimalComma,

    /// <summary>A currency, a percent sign, a unit.</summary>
    Unit,

    /// <summary>Or a time.</summary>
    Date,

    /// <summary>Or a number beyond the range of a float.</summary>
    Infinity,
}
