using System.Text.RegularExpressions;
using Slipway.Trainer.Data;
using Slipway.Trainer.Proposals.Inspection;

namespace Slipway.Trainer.Proposals.Choices;

/// <summary>Decides the role of a column other than the target from its profile.</summary>
public static partial class ColumnPolicy
{
    // each category is a feature of its own, and needs rows to be learned from
    private const int MostCategories = 50;
    private const int MostCategoriesOfNumbers = 20;
    private const int FewestPresent = 10;
    private const int LongestId = 64;

    /// <summary>All columns except the target, in the order of the file.</summary>
    public static IReadOnlyList<ColumnChoice> Choose(IEnumerable<ColumnLook> columns)
    {
        var choices = columns.Select(Choose).ToArray();
        // one is enough: the more columns identify a row, the sooner one of them changes and moves the row to another side
        var id = choices.Where(choice => choice.Role == ColumnRole.Id)
            .OrderBy(choice => IsNamedLikeAnId(choice.Name) ? 0 : 1).FirstOrDefault();
        return [.. choices.Select(choice => choice.Role != ColumnRole.Id || choice == id
            ? choice
            : choice with { Role = ColumnRole.Ignored, Note = $"identifies a row, like '{id!.Name}'" })];
    }

    public static ColumnChoice Choose(ColumnLook look)
    {
        if (look.Present == 0)
            return Ignored(look, "empty in every row");
        if (look.Distinct == 1)
            return look.Missing == 0
                ? Ignored(look, $"'{look.Values!.Keys.Single()}' in every row")
                : new(look, ColumnRole.Categorical, $"'{look.Values!.Keys.Single()}' or nothing");
        if (look.Present < FewestPresent)
            return Ignored(look, $"only {look.Present} rows have a value");
        if (look.IsNumeric)
            return Numbers(look);
        if (look.IsDates)
            return Ignored(look, "dates are not usable as features: add derived columns, such as the month, the weekday, or days since a date");
        return look.IsMeantAsNumbers ? MixedNumbers(look) : Words(look);
    }

    private static ColumnChoice Numbers(ColumnLook look)
    {
        if (look.CountsRows)
            return new(look, ColumnRole.Id, "counts the rows");
        if (!look.IsWhole || !IsNamedLikeAnId(look.Name))
            return new(look, ColumnRole.Numeric);
        if (!look.Repeats)
            return new(look, ColumnRole.Id, "different in every row");
        return look.Distinct <= CategoryLimit(look)
            ? new(look, ColumnRole.Categorical, $"{look.Distinct} codes")
            : Ignored(look, "looks like an id: if rows with the same value belong together, list it under 'id' instead");
    }

    private static ColumnChoice MixedNumbers(ColumnLook look)
    {
        if (look.Oddities.Keys.All(kind => kind == NotANumber.MissingWord) && look.Distinct <= Math.Min(MostCategoriesOfNumbers, CategoryLimit(look)))
            return new(look, ColumnRole.Categorical, $"{look.Distinct} values, including {OddityText.Of(look)}");

        var remedy = OddityText.Remedy(look);
        return new(look, ColumnRole.Ignored, $"could be numeric: {remedy}, and make it numeric; it contains {OddityText.Of(look)}", remedy);
    }

    private static ColumnChoice Words(ColumnLook look)
    {
        if (!look.Repeats)
            return look.Longest <= LongestId
                ? new(look, ColumnRole.Id, "different in every row")
                : Ignored(look, "free text, different in every row");
        if (look.Distinct <= CategoryLimit(look))
            return new(look, ColumnRole.Categorical, $"{look.Distinct} values");
        return Ignored(look, look.Longest > LongestId
            ? "free text"
            : $"{Count(look)} different values are too many for {look.Rows:N0} rows: group them if they are meaningful");
    }

    private static int CategoryLimit(ColumnLook look) => (int)Math.Clamp(look.Rows / 20, 5, MostCategories);

    private static ColumnChoice Ignored(ColumnLook look, string note) => new(look, ColumnRole.Ignored, note);

    private static string Count(ColumnLook look) => look.Values is null ? $"more than {DistinctValues.Most:N0}" : $"{look.Distinct:N0}";

    private static bool IsNamedLikeAnId(string name) => Id().IsMatch(name);

    // customer_id, PassengerId, UDI, row number, Unnamed: 0 (which is how pandas calls its index)
    [GeneratedRegex(@"(?i:(^|[\s_.-])(id|udi|uid|uuid|guid|key|pk|nr|number|identifier)$|^id[\s_.-]|^(row|index|idx|#|rownames|unnamed: 0)$)|[a-z](Id|ID|Key|Nr)$")]
    private static partial Regex Id();
}
