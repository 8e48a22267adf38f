using System.Globalization;
using Slipway.Registry;
using Slipway.Registry.Models;
using Slipway.Registry.Rows;

namespace Slipway.Trainer.Data.Labels;

/// <summary>One label per class, compared by their <see cref="CategoryValue"/> like categories.</summary>
public sealed class ClassLabel : LabelColumn
{
    // a column with more is a number, an id or free text
    private const int MaxClasses = 100;

    private readonly IReadOnlyList<string>? _given;
    private readonly Dictionary<string, long[]> _counts;
    private IReadOnlyList<string>? _classes;
    private CategoryIndex? _index;

    /// <param name="given">The labels in their order; null to collect them from the data.</param>
    public ClassLabel(string name, IReadOnlyList<string>? given, string source) : base(name, source)
    {
        _classes = _given = given;
        _index = given is null ? null : new(given, CategoryIndex.FormOf(given));
        _counts = (given ?? []).ToDictionary(word => word, _ => new long[3], StringComparer.Ordinal);
    }

    public override IReadOnlyList<string> Classes => _classes ??= Settle();

    public override string Summary => $"{Classes.Count} classes: {string.Join(", ", Classes.Select(word => $"{word} {_counts[word].Sum()}"))}";

    public long Count(string word, Side side) => _counts[word][(int)side];

    /// <summary>A class without holdout rows is trained all the same, although no metric covers it: the progress and the model card say so.</summary>
    public override void Check(IReadOnlyDictionary<Side, long> rows)
    {
        string[] present = [.. Classes.Where(word => _counts[word].Sum() > 0)];
        if (present.Length == 1)
            throw new SlipwayException(
                $"{Source}: all {rows.Values.Sum()} rows have the same value '{present[0]}' in the target column '{Name}'. A multiclass model needs rows of at least two classes.");
        foreach (var word in Classes)
            if (Count(word, Side.Training) == 0)
                throw new SlipwayException(
                    $"{Source}: of {_counts[word].Sum()} rows with '{Name}' = '{word}' none is on the training side, so the model cannot learn this class. " +
                    "Add more rows of it, merge it with another class, or change 'split' in model.json.");
        if (Classes.All(word => Count(word, Side.Holdout) == 0))
            throw new SlipwayException($"{Source}: no row is held out. There are too few rows for this split: add more, or change 'split' in model.json.");
    }

    public override DataMetrics Describe(DataMetrics data) => data with
    {
        ClassRates = Classes.ToDictionary(word => word, word => (double)_counts[word].Sum() / _counts.Values.Sum(count => count.Sum())),
    };

    protected override void Learn(ReadOnlySpan<char> word, Side side, long row)
    {
        var counts = _counts.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!counts.TryGetValue(_given is null ? word : GivenWord(word, row), out var count))
        {
            if (_counts.Count == MaxClasses)
                throw new SlipwayException(
                    $"{Source}, data row {row}: the label '{Name}' has more than {MaxClasses} different values. " +
                    "If it is a number to predict, set 'task' in model.json to regression; if it is an id or free text, choose another target column.");
            counts[word] = count = new long[3];
        }

        count[(int)side]++;
    }

    protected override float Number(ReadOnlySpan<char> word, long row)
    {
        _index ??= new(Classes, CategoryIndex.FormOf(Classes));
        return _index.Find(word);
    }

    private ReadOnlySpan<char> GivenWord(ReadOnlySpan<char> word, long row) => _index!.Find(word) is >= 0 and var index
        ? _given![index]
        : throw new SlipwayException(
            $"{Source}, data row {row}: the label '{Name}' is '{word}', which is not among 'classes' in model.json.{Suggestion.DidYouMean(word.ToString(), _given!)}");

    /// <summary>After the first pass: spellings of the same label are merged.</summary>
    private IReadOnlyList<string> Settle()
    {
        foreach (var group in CategoryIndex.Groups([.. _counts.Keys], CategoryIndex.FormOf(_counts.Keys)).ToList())
            foreach (var other in group.Where(word => word != group.Key))
            {
                for (var side = 0; side < _counts[other].Length; side++)
                    _counts[group.Key][side] += _counts[other][side];
                _counts.Remove(other);
            }

        return [.. Ordered()];
    }

    // in natural order: 2 before 10
    private IEnumerable<string> Ordered() =>
        _counts.Keys.All(word => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            ? _counts.Keys.OrderBy(word => double.Parse(word, CultureInfo.InvariantCulture)).ThenBy(word => word, StringComparer.Ordinal)
            : _counts.Keys.Order(StringComparer.Ordinal);
}
