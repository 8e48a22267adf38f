using System.Text.RegularExpressions;
using Slipway.Trainer.Data;
using Slipway.Trainer.Proposals.Inspection;

namespace Slipway.Trainer.Proposals.Choices;

/// <summary>Decides from the looks of a column, other than the label, what becomes of it.</summary>
public static partial class ColumnPolicy
{
    // each category is a feature of its own, and needs rows to be learned from
    private const int MostCategories = 50;
    private const int MostCategoriesOfNumbers = 20;
    private const int FewestPresent = 10;
    private const int LongestId = 64;

    /// <summary>All columns but the label, in the order of the file.</summary>
    public static IReadOnlyList<ColumnChoice> Choose(IEnumerable<ColumnLook> columns)
    {
        var choices = columns.Select(Choose).ToArray();
        // one is enough, and the more name a row the sooner one of them changes and moves it to another side
        var id = choices.Where(choice => choice.Role == ColumnRole.Id)
            .OrderBy(choice => IsNamedLikeAnId(choice.Name) ? 0 : 1).FirstOrDefault();
        return [.. choices.Select(choice => choice.Role != ColumnRole.Id || choice == id
            ? choice
            : choice with { Role = ColumnRole.Ignored, Note = $"names a row, as '{id!.Name}' does" })];
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
            return Ignored(look, "dates are no features as they are: add columns that mean something, such as the month, the weekday, or days since a day");
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
            : Ignored(look, "seems to be the id of something: if rows with the same one belong together, name it under 'id' instead");
    }

    private static ColumnChoice MixedNumbers(ColumnLook look)
    {
        if (look.Oddities.Keys.All(kind => kind == NotANumber.MissingWord) && look.Distinct <= Math.Min(MostCategoriesOfNumbers, CategoryLimit(look)))
            return new(look, ColumnRole.Categorical, $"{look.Distinct} values, {OddityText.Of(look)} among them");

        var remedy = OddityText.Remedy(look);
        return new(look, ColumnRole.Ignored, $"would be a number: {remedy}, and make it numeric; it holds {OddityText.Of(look)}", remedy);
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
            : $"{Count(look)} different values are too many to learn from {look.Rows:N0} rows: group them, if they mean something");
    }

    private static int CategoryLimit(ColumnLook look) => (int)Math.Clamp(look.Rows / 20, 5, MostCategories);

    private static ColumnChoice Ignored(ColumnLook look, string note) => new(look, ColumnRole.Ignored, note);

    private static string Count(ColumnLook look) => look.Values is null ? $"more than {DistinctValues.Most:N0}" : $"{look.Distinct:N0}";

    private static bool IsNamedLikeAnId(string name) => Id().IsMatch(name);

    // customer_id, PassengerId, UDI, row number, Unnamed: 0 (which is how pandas calls its index)
    [GeneratedRegex(@"(?i:(^|[\s_.-])(id|udi|uid|uuid|guid|key|pk|nr|number|identifier)$|^id[\s_.-]|^(row|index|idx|#|rownames|unnamed: 0)$)|[a-z](Id|ID|Key|Nr)$")]
    private static partial Regex Id();
}
