using System.Globalization;
using Slipway.Trainer.Data;

namespace Slipway.Trainer.Proposals.Inspection;

/// <summary>Profiles one column, value by value, in bounded memory.</summary>
public sealed class ColumnInspector(string name)
{
    private const int Examples = 3;

    private readonly Dictionary<NonNumericKind, (long Count, List<AnomalyExample> Examples)> _oddities = [];
    private readonly DistinctValues _distinct = new();
    private readonly List<long> _firstMissing = [];
    private long _rows, _missing, _numbers, _integers, _leadingZeros;
    private double? _previous;
    private bool _counts = true;
    private int _longest;

    public void Add(ReadOnlySpan<char> text, long row)
    {
        _rows++;
        text = text.Trim();
        if (text.IsEmpty || text.Equals("NaN", StringComparison.OrdinalIgnoreCase))
        {
            AddMissing(row);
            return;
        }

        _longest = Math.Max(_longest, text.Length);
        _distinct.Add(text);
        // as the trainer parses it: a number outside the range of a float is not a number
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && float.IsFinite((float)number))
            AddNumber(text, number);
        else
            AddOddity(text, row);
    }

    public ColumnSummary Summarize() => new(
        name, _rows, _missing, _numbers, _integers, _leadingZeros,
        _counts && _rows > 1,
        _oddities.ToDictionary(kind => kind.Key, kind => new Anomaly(kind.Value.Count, kind.Value.Examples)),
        _distinct.Counts, _distinct.Repeats, _longest, _firstMissing);

    private void AddMissing(long row)
    {
        _missing++;
        _counts = false;
        if (_firstMissing.Count < Examples)
            _firstMissing.Add(row);
    }

    private void AddNumber(ReadOnlySpan<char> text, double number)
    {
        _numbers++;
        if (Math.Floor(number) == number)
            _integers++;
        if (text is ['0', >= '0' and <= '9', ..])
            _leadingZeros++;
        _counts &= _previous is { } before ? number == before + 1 : number is 0 or 1;
        _previous = number;
    }

    private void AddOddity(ReadOnlySpan<char> text, long row)
    {
        _counts = false;
        var kind = NumberText.KindOf(text);
        if (!_oddities.TryGetValue(kind, out var oddity))
            oddity = (0, []);
        if (oddity.Examples.Count < Examples && !Holds(oddity.Examples, text))
            oddity.Examples.Add(new(NumberText.Shortened(text), row));
        _oddities[kind] = (oddity.Count + 1, oddity.Examples);
    }

    private static bool Holds(List<AnomalyExample> examples, ReadOnlySpan<char> text)
    {
        foreach (var example in examples)
            if (text.SequenceEqual(example.Text))
                return true;
        return false;
    }
}
