using System.Globalization;
using Slipway.Registry;
using Slipway.Registry.Models;
using Slipway.Trainer.Data;
using Slipway.Trainer.Proposals.Inspection;

namespace Slipway.Trainer.Proposals.Choices;

/// <summary>Decides which task a target column is suitable for, or explains why it is suitable for none.</summary>
/// <param name="source">The dataset's name in messages.</param>
public sealed class LabelPolicy(string source)
{
    private const int MostWords = 20;
    private const int MostWordsWhenAsked = 100; // the trainer's limit
    private const int MostIntegers = 10;
    private const int FewRowsOfAClass = 10;

    /// <param name="asked">The task that the owner wants; null to detect it.</param>
    /// <exception cref="SlipwayException">It cannot be predicted; the message says what to change.</exception>
    public LabelChoice Choose(ColumnLook look, ModelTask? asked)
    {
        if (look.Missing > 0)
            throw Problem(look, $"is missing in {Rows(look.Missing)} (data row {string.Join(", ", look.FirstMissing)}{(look.Missing > look.FirstMissing.Count ? ", ..." : "")}). Every row needs a value: fill it, or remove rows without it");
        if (look.Distinct == 1)
            throw Problem(look, $"is '{look.Values!.Keys.Single()}' in every row. A constant cannot be predicted: add rows with other values, or choose another column");

        return asked switch
        {
            ModelTask.Binary => look.Distinct == 2 ? Binary(look) : throw Problem(look, $"has {Words(look)}, but binary needs two. Omit --task, or choose another"),
            ModelTask.Multiclass => look.Distinct <= MostWordsWhenAsked ? Multiclass(look, "as requested") : throw Problem(look, $"has {Words(look)}, but multiclass supports at most {MostWordsWhenAsked}. Group the rare ones, or choose another --task"),
            ModelTask.Regression => look.IsNumeric ? Regression(look) : throw NotNumbers(look),
            _ => Find(look),
        };
    }

    private LabelChoice Find(ColumnLook look)
    {
        if (look.Distinct == 2)
            return Binary(look);
        if (look.IsNumeric)
            return look.IsWhole && look.Distinct <= MostIntegers ? Multiclass(look, "few whole numbers; to predict them as quantities, set the task to regression") : Regression(look);
        if (look.IsMeantAsNumbers && look.Distinct > MostIntegers)
            throw NotNumbers(look);
        if (look.IsDates)
            throw Problem(look, "contains dates, which no task supports. Convert them to a number, such as days until then, or choose another column");
        if (look.Distinct <= MostWords)
            return Multiclass(look);
        throw Problem(look, look.Repeats
            ? $"has {Words(look)}, more than {MostWords}. Group the rare ones{(look.Distinct <= MostWordsWhenAsked ? ", pass --task=multiclass" : "")}, or choose another column"
            : "is different in every row: it is an id or free text, which cannot be predicted. Choose another column");
    }

    private static LabelChoice Binary(ColumnLook look)
    {
        string[] words = [.. look.Values!.Keys.Order(StringComparer.Ordinal)];
        if (PositiveWords.Among(words) is { } known)
            return new(look, ModelTask.Binary, Share(look, known), known, words.Single(word => word != known), Same(look));

        var rarer = words.OrderBy(word => look.Values[word]).First();
        return new(look, ModelTask.Binary, $"{Share(look, rarer)}: the rarer value, because neither obviously means yes", rarer, words.Single(word => word != rarer), Same(look));
    }

    private static LabelChoice Multiclass(ColumnLook look, string? why = null)
    {
        var words = string.Join(", ", look.Values!.OrderByDescending(word => word.Value).Take(MostWords).Select(word => string.Create(CultureInfo.InvariantCulture, $"{word.Key} {word.Value:N0}")));
        return new(look, ModelTask.Multiclass, $"{look.Distinct} classes: {words}{(why is null ? "" : $"; {why}")}", Warning: Doubt(look));
    }

    private static string? Doubt(ColumnLook look)
    {
        if (look.Oddities.GetValueOrDefault(NotANumber.MissingWord) is { } missing)
            return $"'{look.Name}' has {string.Join(" and ", missing.Examples.Select(example => $"'{example.Text}'"))} as a class. If that stands for a missing value, remove those rows and run NewModel again.";
        if (Same(look) is { } same)
            return same;
        var rare = look.Values!.Where(word => word.Value < FewRowsOfAClass).ToList();
        return rare.Count == 0 ? null
            : $"there are too few rows to learn the class {string.Join(", ", rare.Select(word => $"'{word.Key}' ({Rows(word.Value)})"))}. Add more rows of it, or merge it with another.";
    }

    private static string? Same(ColumnLook look) =>
        look.Values!.Keys.GroupBy(word => word, StringComparer.OrdinalIgnoreCase).FirstOrDefault(words => words.Count() > 1) is { } same
            ? $"{string.Join(" and ", same.Order(StringComparer.Ordinal).Select(word => $"'{word}'"))} are different classes of '{look.Name}', although only upper and lower case differ. If they mean the same, use one spelling; then delete the model's folder and run NewModel again."
            : null;

    private static LabelChoice Regression(ColumnLook look) => new(look, ModelTask.Regression, "a number to predict");

    private SlipwayException NotNumbers(ColumnLook look) => Problem(look,
        look.LeadingZeros > 0 && look.Oddities.Count == 0
            ? "contains codes with leading zeros, which are not quantities. Choose another column, or pass --task=multiclass"
            : $"must be numeric, but contains {OddityText.Of(look)}. To predict it, {OddityText.Remedy(look)}; rows without a value must be removed");

    private SlipwayException Problem(ColumnLook look, string what) => new($"{source}: the target column '{look.Name}' {what}.");

    private static string Words(ColumnLook look) =>
        look.Values is null ? $"more than {DistinctValues.Most} different values" : $"{look.Distinct} different values";

    private static string Rows(long count) => count == 1 ? "1 row" : string.Create(CultureInfo.InvariantCulture, $"{count:N0} rows");

    private static string Share(ColumnLook look, string word) =>
        string.Create(CultureInfo.InvariantCulture, $"{look.Values![word]:N0} of {look.Rows:N0} rows");
}
