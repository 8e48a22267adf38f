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
    private const int MaxWords = 20;
    private const int MaxWordsWhenRequested = 100; // the trainer's limit
    private const int MaxIntegers = 10;
    private const int FewRowsOfAClass = 10;

    /// <param name="asked">The task that the owner wants; null to detect it.</param>
    /// <exception cref="SlipwayException">It cannot be predicted; the message says what to change.</exception>
    public LabelChoice Choose(ColumnSummary summary, ModelTask? asked)
    {
        if (summary.Missing > 0)
            throw Problem(summary, $"is missing in {Rows(summary.Missing)} (data row {string.Join(", ", summary.FirstMissing)}{(summary.Missing > summary.FirstMissing.Count ? ", ..." : "")}). Every row needs a value: fill it, or remove rows without it");
        if (summary.Distinct == 1)
            throw Problem(summary, $"is '{summary.Values!.Keys.Single()}' in every row. A constant cannot be predicted: add rows with other values, or choose another column");

        return asked switch
        {
            ModelTask.Binary => summary.Distinct == 2 ? Binary(summary) : throw Problem(summary, $"has {Words(summary)}, but binary needs two. Omit --task, or choose another"),
            ModelTask.Multiclass => summary.Distinct <= MaxWordsWhenRequested ? Multiclass(summary, "as requested") : throw Problem(summary, $"has {Words(summary)}, but multiclass supports at most {MaxWordsWhenRequested}. Group the rare ones, or choose another --task"),
            ModelTask.Regression => summary.IsNumeric ? Regression(summary) : throw NotNumbers(summary),
            _ => Find(summary),
        };
    }

    private LabelChoice Find(ColumnSummary summary)
    {
        if (summary.Distinct == 2)
            return Binary(summary);
        if (summary.IsNumeric)
            return summary.IsWhole && summary.Distinct <= MaxIntegers ? Multiclass(summary, "few whole numbers; to predict them as quantities, set the task to regression") : Regression(summary);
        if (summary.IsMeantAsNumbers && summary.Distinct > MaxIntegers)
            throw NotNumbers(summary);
        if (summary.IsDates)
            throw Problem(summary, "contains dates, which no task supports. Convert them to a number, such as days until then, or choose another column");
        if (summary.Distinct <= MaxWords)
            return Multiclass(summary);
        throw Problem(summary, summary.Repeats
            ? $"has {Words(summary)}, more than {MaxWords}. Group the rare ones{(summary.Distinct <= MaxWordsWhenRequested ? ", pass --task=multiclass" : "")}, or choose another column"
            : "is different in every row: it is an id or free text, which cannot be predicted. Choose another column");
    }

    private static LabelChoice Binary(ColumnSummary summary)
    {
        string[] words = [.. summary.Values!.Keys.Order(StringComparer.Ordinal)];
        if (PositiveWords.Among(words) is { } known)
            return new(summary, ModelTask.Binary, Share(summary, known), known, words.Single(word => word != known), Same(summary));

        var rarer = words.OrderBy(word => summary.Values[word]).First();
        return new(summary, ModelTask.Binary, $"{Share(summary, rarer)}: the rarer value, because neither obviously means yes", rarer, words.Single(word => word != rarer), Same(summary));
    }

    private static LabelChoice Multiclass(ColumnSummary summary, string? why = null)
    {
        var words = string.Join(", ", summary.Values!.OrderByDescending(word => word.Value).Take(MaxWords).Select(word => string.Create(CultureInfo.InvariantCulture, $"{word.Key} {word.Value:N0}")));
        return new(summary, ModelTask.Multiclass, $"{summary.Distinct} classes: {words}{(why is null ? "" : $"; {why}")}", Warning: Warning(summary));
    }

    private static string? Warning(ColumnSummary summary)
    {
        if (summary.Anomalies.GetValueOrDefault(NonNumericKind.MissingWord) is { } missing)
            return $"'{summary.Name}' has {string.Join(" and ", missing.Examples.Select(example => $"'{example.Text}'"))} as a class. If that stands for a missing value, remove those rows and run NewModel again.";
        if (Same(summary) is { } same)
            return same;
        var rare = summary.Values!.Where(word => word.Value < FewRowsOfAClass).ToList();
        return rare.Count == 0 ? null
            : $"there are too few rows to learn the class {string.Join(", ", rare.Select(word => $"'{word.Key}' ({Rows(word.Value)})"))}. Add more rows of it, or merge it with another.";
    }

    private static string? Same(ColumnSummary summary) =>
        summary.Values!.Keys.GroupBy(word => word, StringComparer.OrdinalIgnoreCase).FirstOrDefault(words => words.Count() > 1) is { } same
            ? $"{string.Join(" and ", same.Order(StringComparer.Ordinal).Select(word => $"'{word}'"))} are different classes of '{summary.Name}', although only upper and lower case differ. If they mean the same, use one spelling; then delete the model's folder and run NewModel again."
            : null;

    private static LabelChoice Regression(ColumnSummary summary) => new(summary, ModelTask.Regression, "a number to predict");

    private SlipwayException NotNumbers(ColumnSummary summary) => Problem(summary,
        summary.LeadingZeros > 0 && summary.Anomalies.Count == 0
            ? "contains codes with leading zeros, which are not quantities. Choose another column, or pass --task=multiclass"
            : $"must be numeric, but contains {AnomalyText.Of(summary)}. To predict it, {AnomalyText.Remedy(summary)}; rows without a value must be removed");

    private SlipwayException Problem(ColumnSummary summary, string what) => new($"{source}: the target column '{summary.Name}' {what}.");

    private static string Words(ColumnSummary summary) =>
        summary.Values is null ? $"more than {DistinctValues.MaxCount} different values" : $"{summary.Distinct} different values";

    private static string Rows(long count) => count == 1 ? "1 row" : string.Create(CultureInfo.InvariantCulture, $"{count:N0} rows");

    private static string Share(ColumnSummary summary, string word) =>
        string.Create(CultureInfo.InvariantCulture, $"{summary.Values![word]:N0} of {summary.Rows:N0} rows");
}
