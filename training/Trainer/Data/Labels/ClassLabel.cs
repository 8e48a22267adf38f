using System.Globalization;
using Slipway.Registry;

namespace Slipway.Trainer;

/// <summary>A word for each of several classes.</summary>
public sealed class ClassLabel : LabelColumn
{
    // beyond this a label is a number, an id or free text
    private const int MostClasses = 100;

    private readonly IReadOnlyList<string>? _given;
    private readonly Dictionary<string, long[]> _counts;
    private IReadOnlyList<string>? _classes;
    private Dictionary<string, int>? _indexes;

    /// <param name="given">The words in their order; null to learn them.</param>
    public ClassLabel(string name, IReadOnlyList<string>? given, string source) : base(name, source)
    {
        _classes = _given = given;
        _counts = (given ?? []).ToDictionary(word => word, _ => new long[3], StringComparer.Ordinal);
    }

    public override IReadOnlyList<string> Classes => _classes ??= [.. Ordered()];

    public override string Summary => $"{Classes.Count} classes: {string.Join(", ", Classes.Select(word => $"{word} {_counts[word].Sum()}"))}";

    public long Count(string word, Side side) => _counts[word][(int)side];

    /// <summary>A class without holdout rows is learned all the same, though no metric speaks for it: the progress and the model card say so.</summary>
    public override void Check(IReadOnlyDictionary<Side, long> rows)
    {
        string[] present = [.. Classes.Where(word => _counts[word].Sum() > 0)];
        if (present.Length == 1)
            throw new SlipwayException(
                $"{Source}: all {rows.Values.Sum()} rows have the same label '{Name}' = '{present[0]}'. A multiclass model needs rows of at least two classes.");
        foreach (var word in Classes)
            if (Count(word, Side.Training) == 0)
                throw new SlipwayException(
                    $"{Source}: of {_counts[word].Sum()} rows with '{Name}' = '{word}' none is on the training side, so nothing can be learned of this class. " +
                    "Bring more rows of it, merge it with another class, or change 'split' in model.json.");
        if (Classes.All(word => Count(word, Side.Holdout) == 0))
            throw new SlipwayException($"{Source}: no row is held out. There are too few rows for this split: bring more, or change 'split' in model.json.");
    }

    public override DataMetrics Describe(DataMetrics data) => data with
    {
        ClassRates = Classes.ToDictionary(word => word, word => (double)_counts[word].Sum() / _counts.Values.Sum(count => count.Sum())),
    };

    protected override void Learn(ReadOnlySpan<char> word, Side side, long row)
    {
        var counts = _counts.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!counts.TryGetValue(word, out var count))
        {
            if (_given is not null)
                throw new SlipwayException(
                    $"{Source}, data row {row}: the label '{Name}' is '{word}', which is not among 'classes' in model.json.{Suggestion.DidYouMean(word.ToString(), _given)}");
            if (_counts.Count == MostClasses)
                throw new SlipwayException(
                    $"{Source}, data row {row}: the label '{Name}' has more than {MostClasses} different values. " +
                    "If it is a number to estimate, set 'task' in model.json to regression; if it is an id or free text, it is no label.");
            counts[word] = count = new long[3];
        }

        count[(int)side]++;
    }

    protected override float Number(ReadOnlySpan<char> word, long row)
    {
        _indexes ??= Classes.Select((text, index) => (text, index)).ToDictionary(pair => pair.text, pair => pair.index, StringComparer.Ordinal);
        return _indexes.GetAlternateLookup<ReadOnlySpan<char>>()[word];
    }

    // as a person orders them: 2 before 10
    private IEnumerable<string> Ordered() =>
        _counts.Keys.All(word => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            ? _counts.Keys.OrderBy(word => double.Parse(word, CultureInfo.InvariantCulture)).ThenBy(word => word, StringComparer.Ordinal)
            : _counts.Keys.Order(StringComparer.Ordinal);
}
