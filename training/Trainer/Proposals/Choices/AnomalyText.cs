using System.Globalization;
using Slipway.Trainer.Data;
using Slipway.Trainer.Proposals.Inspection;

namespace Slipway.Trainer.Proposals.Choices;

/// <summary>Describes the values in a numeric column that are not numbers, where they are, and what to do about them.</summary>
internal static class AnomalyText
{
    /// <summary>Such as <c>6 x 'NA' (data row 33, ...)</c>.</summary>
    public static string Of(ColumnSummary summary) => string.Join(" and ", Ordered(summary).Select(Of));

    public static string Remedy(ColumnSummary summary) => string.Join(", ", Ordered(summary)
        // 1,234 may be either: next to 12,5 it says no more
        .Where(oddity => oddity.Key != NonNumericKind.DecimalComma || !summary.Anomalies.ContainsKey(NonNumericKind.Thousands))
        .Select(oddity => Remedy(oddity.Key)).Distinct());

    private static string Of(KeyValuePair<NonNumericKind, Anomaly> oddity)
    {
        var examples = string.Join(", ", oddity.Value.Examples.Select(example =>
            string.Create(CultureInfo.InvariantCulture, $"'{example.Text}' in data row {example.Row}")));
        var rows = oddity.Value.Count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"{oddity.Value.Count:N0} rows with ");
        return $"{rows}{Word(oddity.Key)} ({examples})";
    }

    private static string Word(NonNumericKind kind) => kind switch
    {
        NonNumericKind.Thousands => "thousands separators",
        NonNumericKind.DecimalComma => "a decimal comma",
        NonNumericKind.Unit => "a unit or a symbol",
        NonNumericKind.Date => "a date or a time",
        NonNumericKind.Infinity => "infinity",
        NonNumericKind.MissingWord => "placeholders for missing values",
        _ => "other text",
    };

    private static string Remedy(NonNumericKind kind) => kind switch
    {
        NonNumericKind.Thousands => "write numbers without thousands separators and with a decimal point",
        NonNumericKind.DecimalComma => "write a decimal point",
        NonNumericKind.Unit => "write only the number",
        NonNumericKind.Infinity => "write a finite number or leave the cell empty",
        NonNumericKind.MissingWord => "leave the cell empty if a value is missing",
        _ => "correct those cells or leave them empty",
    };

    private static IEnumerable<KeyValuePair<NonNumericKind, Anomaly>> Ordered(ColumnSummary summary) =>
        summary.Anomalies.OrderByDescending(oddity => oddity.Value.Count).ThenBy(oddity => oddity.Key);
}
