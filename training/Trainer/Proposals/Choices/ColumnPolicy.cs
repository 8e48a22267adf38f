using System.Text.RegularExpressions;
using Slipway.Trainer.Data;
using Slipway.Trainer.Proposals.Inspection;

namespace Slipway.Trainer.Proposals.Choices;

/// <summary>Decides the role of a column other than the target from its profile.</summary>
public static partial class ColumnPolicy
{
    // each category is a feature of its own, and needs rows to be learned from
    private const int MaxCategories = 50;
    private const int MaxNumberCategories = 20;
    private const int MinPresent = 10;
    private const int MaxIdLength = 64;

    /// <summary>All columns except the target, in the order of the file.</summary>
    public static IReadOnlyList<ColumnChoice> Choose(IEnumerable<ColumnSummary> columns)
    {
        var choices = columns.Select(Choose).ToArray();
        // one is enough: the more columns identify a row, the sooner one of them changes and moves the row to another side
        var id = choices.Where(choice => choice.Role == ColumnRole.Id)
            .OrderBy(choice => IsNamedLikeAnId(choice.Name) ? 0 : 1).FirstOrDefault();
        return [.. choices.Select(choice => choice.Role != ColumnRole.Id || choice == id
            ? choice
            : choice with { Role = ColumnRole.Ignored, Note = $"identifies a row, like '{id!.Name}'" })];
    }

    public static ColumnChoice Choose(ColumnSummary summary)
    {
        if (summary.Present == 0)
            return Ignored(summary, "empty in every row");
        if (summary.Distinct == 1)
            return summary.Missing == 0
                ? Ignored(summary, $"'{summary.Values!.Keys.Single()}' in every row")
                : new(summary, ColumnRole.Categorical, $"'{summary.Values!.Keys.Single()}' or nothing");
        if (summary.Present < MinPresent)
            return Ignored(summary, $"only {summary.Present} rows have a value");
        if (summary.IsNumeric)
            return Numbers(summary);
        if (summary.IsDates)
            return Ignored(summary, "dates are not usable as features: add derived columns, such as the month, the weekday, or days since a date");
        return summary.IsMeantAsNumbers ? MixedNumbers(summary) : Words(summary);
    }

    private static ColumnChoice Numbers(ColumnSummary summary)
    {
        if (summary.CountsRows)
            return new(summary, ColumnRole.Id, "counts the rows");
        if (!summary.IsWhole || !IsNamedLikeAnId(summary.Name))
            return new(summary, ColumnRole.Numeric);
        if (!summary.Repeats)
            return new(summary, ColumnRole.Id, "different in every row");
        return summary.Distinct <= CategoryLimit(summary)
            ? new(summary, ColumnRole.Categorical, $"{summary.Distinct} codes")
            : Ignored(summary, "looks like an id: if rows with the same value belong together, list it under 'id' instead");
    }

    private static ColumnChoice MixedNumbers(ColumnSummary summary)
    {
        if (summary.Anomalies.Keys.All(kind => kind == NonNumericKind.MissingWord) && summary.Distinct <= Math.Min(MaxNumberCategories, CategoryLimit(summary)))
            return new(summary, ColumnRole.Categorical, $"{summary.Distinct} values, including {AnomalyText.Of(summary)}");

        var remedy = AnomalyText.Remedy(summary);
        return new(summary, ColumnRole.Ignored, $"could be numeric: {remedy}, and make it numeric; it contains {AnomalyText.Of(summary)}", remedy);
    }

    private static ColumnChoice Words(ColumnSummary summary)
    {
        if (!summary.Repeats)
            return summary.Longest <= MaxIdLength
                ? new(summary, ColumnRole.Id, "different in every row")
                : Ignored(summary, "free text, different in every row");
        if (summary.Distinct <= CategoryLimit(summary))
            return new(summary, ColumnRole.Categorical, $"{summary.Distinct} values");
        return Ignored(summary, summary.Longest > MaxIdLength
            ? "free text"
            : $"{Count(summary)} different values are too many for {summary.Rows:N0} rows: group them if they are meaningful");
    }

    private static int CategoryLimit(ColumnSummary summary) => (int)Math.Clamp(summary.Rows / 20, 5, MaxCategories);

    private static ColumnChoice Ignored(ColumnSummary summary, string note) => new(summary, ColumnRole.Ignored, note);

    private static string Count(ColumnSummary summary) => summary.Values is null ? $"more than {DistinctValues.MaxCount:N0}" : $"{summary.Distinct:N0}";

    private static bool IsNamedLikeAnId(string name) => Id().IsMatch(name);

    // customer_id, PassengerId, UDI, row number, Unnamed: 0 (which is how pandas calls its index)
    [GeneratedRegex(@"(?i:(^|[\s_.-])(id|udi|uid|uuid|guid|key|pk|nr|number|identifier)$|^id[\s_.-]|^(row|index|idx|#|rownames|unnamed: 0)$)|[a-z](Id|ID|Key|Nr)$")]
    private static partial Regex Id();
}
