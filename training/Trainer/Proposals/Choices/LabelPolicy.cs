using System.Globalization;
using Slipway.Registry;
using Slipway.Registry.Models;
using Slipway.Trainer.Data;
using Slipway.Trainer.Proposals.Inspection;

namespace Slipway.Trainer.Proposals.Choices;

/// <summary>Decides what task a label is for, or says why it is for none.</summary>
/// <param name="source">What to call the dataset in messages.</param>
public sealed class LabelPolicy(string source)
{
    private const int MostWords = 20;
    private const int MostWordsWhenAsked = 100; // what the trainer takes
    private const int MostIntegers = 10;
    private const int FewRowsOfAClass = 10;

    /// <param name="asked">What the owner wants it to be; null to find out.</param>
    /// <exception cref="SlipwayException">It can not be learned; the message says what to change.</exception>
    public LabelChoice Choose(ColumnLook look, ModelTask? asked)
    {
        if (look.Missing > 0)
            throw Problem(look, $"is missing in {Rows(look.Missing)} (data row {string.Join(", ", look.FirstMissing)}{(look.Missing > look.FirstMissing.Count ? ", ..." : "")}). Every row needs a label: fill it, or remove the rows without");
        if (look.Distinct == 1)
            throw Problem(look, $"is '{look.Values!.Keys.Single()}' in every row. There is nothing to learn from a constant: bring rows with other labels, or name another column");

        return asked switch
        {
            ModelTask.Binary => look.Distinct == 2 ? Binary(look) : throw Problem(look, $"has {Words(look)}, but binary takes two. Leave --task out, or give another"),
            ModelTask.Multiclass => look.Distinct <= MostWordsWhenAsked ? Multiclass(look, "as asked for") : throw Problem(look, $"has {Words(look)}, and multiclass takes at most {MostWordsWhenAsked}. Group the rare ones, or give another --task"),
            ModelTask.Regression => look.IsNumeric ? Regression(look) : throw NotNumbers(look),
            _ => Find(look),
        };
    }

    private LabelChoice Find(ColumnLook look)
    {
        if (look.Distinct == 2)
            return Binary(look);
        if (look.IsNumeric)
            return look.IsWhole && look.Distinct <= MostIntegers ? Multiclass(look, "few whole numbers; to estimate on their scale set the task to regression") : Regression(look);
        if (look.IsMeantAsNumbers && look.Distinct > MostIntegers)
            throw NotNumbers(look);
        if (look.IsDates)
            throw Problem(look, "holds dates, which no task takes. Turn them into a number, such as days until then, or name another column");
        if (look.Distinct <= MostWords)
            return Multiclass(look);
        throw Problem(look, look.Repeats
            ? $"has {Words(look)}, more than {MostWords}. Group the rare ones{(look.Distinct <= MostWordsWhenAsked ? ", give --task=multiclass" : "")}, or name another column"
            : "is different in every row: it is an id or free text, and no label. Name another column");
    }

    private static LabelChoice Binary(ColumnLook look)
    {
        string[] words = [.. look.Values!.Keys.Order(StringComparer.Ordinal)];
        if (PositiveWords.Among(words) is { } known)
            return new(look, ModelTask.Binary, Share(look, known), known, words.Single(word => word != known), Same(look));

        var rarer = words.OrderBy(word => look.Values[word]).First();
        return new(look, ModelTask.Binary, $"{Share(look, rarer)}: the rarer word, as neither is known for a yes", rarer, words.Single(word => word != rarer), Same(look));
    }

    private static LabelChoice Multiclass(ColumnLook look, string? why = null)
    {
        var words = string.Join(", ", look.Values!.OrderByDescending(word => word.Value).Take(MostWords).Select(word => string.Create(CultureInfo.InvariantCulture, $"{word.Key} {word.Value:N0}")));
        return new(look, ModelTask.Multiclass, $"{look.Distinct} classes: {words}{(why is null ? "" : $"; {why}")}", Warning: Doubt(look));
    }

    private static string? Doubt(ColumnLook look)
    {
        if (look.Oddities.GetValueOrDefault(NotANumber.MissingWord) is { } missing)
            return $"'{look.Name}' has {string.Join(" and ", missing.Examples.Select(example => $"'{example.Text}'"))} for a class. If that stands for a missing label, remove those rows and run NewModel again.";
        if (Same(look) is { } same)
            return same;
        var rare = look.Values!.Where(word => word.Value < FewRowsOfAClass).ToList();
        return rare.Count == 0 ? null
            : $"hardly anything can be learned of the class {string.Join(", ", rare.Select(word => $"'{word.Key}' ({Rows(word.Value)})"))}. Bring more rows of it, or merge it with another.";
    }

    private static string? Same(ColumnLook look) =>
        look.Values!.Keys.GroupBy(word => word, StringComparer.OrdinalIgnoreCase).FirstOrDefault(words => words.Count() > 1) is { } same
            ? $"{string.Join(" and ", same.Order(StringComparer.Ordinal).Select(word => $"'{word}'"))} are different classes of '{look.Name}', though only upper and lower case differ. If they mean the same, write them the same; then remove the model's folder and run NewModel again."
            : null;

    private static LabelChoice Regression(ColumnLook look) => new(look, ModelTask.Regression, "a number to estimate");

    private SlipwayException NotNumbers(ColumnLook look) => Problem(look,
        look.LeadingZeros > 0 && look.Oddities.Count == 0
            ? "holds codes with leading zeros, which are no quantity. Name another column, or give --task=multiclass"
            : $"is to be a number, but holds {OddityText.Of(look)}. For a model that estimates it, {OddityText.Remedy(look)}; a row without a label has to go");

    private SlipwayException Problem(ColumnLook look, string what) => new($"{source}: the label '{look.Name}' {what}.");

    private static string Words(ColumnLook look) =>
        look.Values is null ? $"more than {DistinctValues.Most} different values" : $"{look.Distinct} different values";

    private static string Rows(long count) => count == 1 ? "1 row" : string.Create(CultureInfo.InvariantCulture, $"{count:N0} rows");

    private static string Share(ColumnLook look, string word) =>
        string.Create(CultureInfo.InvariantCulture, $"{look.Values![word]:N0} of {look.Rows:N0} rows");
}
