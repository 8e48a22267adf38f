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
        .Where(oddity => oddity.Key != NotANumber.DecimalComma || !summary.Anomalies.ContainsKey(NotANumber.Thousands))
        .Select(oddity => Remedy(oddity.Key)).Distinct());

    private static string Of(KeyValuePair<NotANumber, Anomaly> oddity)
    {
        var examples = string.Join(", ", oddity.Value.Examples.Select(example =>
            string.Create(CultureInfo.InvariantCulture, $"'{example.Text}' in data row {example.Row}")));
        var rows = oddity.Value.Count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"{oddity.Value.Count:N0} rows with ");
        return $"{rows}{Word(oddity.Key)} ({examples})";
    }

    private static string Word(NotANumber kind) => kind switch
    {
        NotANumber.Thousands => "thousands separators",
        NotANumber.DecimalComma => "a decimal comma",
        NotANumber.Unit => "a unit or a symbol",
        NotANumber.Date => "a date or a time",
        NotANumber.Infinity => "infinity",
        NotANumber.MissingWord => "placeholders for missing values",
        _ => "other text",
    };

    private static string Remedy(NotANumber kind) => kind switch
    {
        NotANumber.Thousands => "write numbers without thousands separators and with a decimal point",
        NotANumber.DecimalComma => "write a decimal point",
        NotANumber.Unit => "write only the number",
        NotANumber.Infinity => "write a finite number or leave the cell empty",
        NotANumber.MissingWord => "leave the cell empty if a value is missing",
        _ => "correct those cells or leave them empty",
    };

    private static IEnumerable<KeyValuePair<NotANumber, Anomaly>> Ordered(ColumnSummary summary) =>
        summary.Anomalies.OrderByDescending(oddity => oddity.Value.Count).ThenBy(oddity => oddity.Key);
}
