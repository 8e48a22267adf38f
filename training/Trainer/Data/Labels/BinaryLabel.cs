using Slipway.Registry;
using Slipway.Registry.Models;
using Slipway.Registry.Rows;

namespace Slipway.Trainer.Data.Labels;

/// <summary>Two labels, one of which is positive, compared by their <see cref="CategoryValue"/>.</summary>
public sealed class BinaryLabel : LabelColumn
{
    private readonly string? _given;
    private readonly long[] _rows = new long[3], _positives = new long[3];
    private string? _positive;
    private string? _negative;

    /// <param name="positive">The positive label; null if the labels are 0/1 or true/false.</param>
    public BinaryLabel(string name, string? positive, string source) : base(name, source) => _given = _positive = positive;

    /// <summary>The labels for negative and positive, in this order, as far as they have been seen.</summary>
    public override IReadOnlyList<string> Classes => [_negative ?? "", _positive ?? ""];

    public override string Summary => $"{_positives.Sum()} positive";

    public long Positives(Side side) => _positives[(int)side];

    public override DataMetrics Describe(DataMetrics data) => data with { LabelRate = (double)_positives.Sum() / _rows.Sum() };

    public override void Check(IReadOnlyDictionary<Side, long> rows)
    {
        var positives = _positives.Sum();
        if (positives == 0 || positives == _rows.Sum())
            throw new SlipwayException(
                $"{Source}: all {_rows.Sum()} rows have the same value '{Classes[positives == 0 ? 0 : 1]}' in the target column '{Name}'. " +
                "A binary model needs rows of both classes" +
                (positives == 0 && _given is not null ? $"; 'positive' in model.json is '{_given}', which no row has." : "."));
        foreach (var (side, count) in rows)
            if (Positives(side) == 0 || Positives(side) == count)
                throw new SlipwayException(
                    $"{Source}: of {count} {Words(side)} rows {Positives(side)} are positive, but each side needs both classes. " +
                    "There are too few rows for this split: add more, or change 'split' in model.json.");
    }

    protected override void Learn(ReadOnlySpan<char> word, Side side, long row)
    {
        _rows[(int)side]++;
        if (IsPositive(word, row))
            _positives[(int)side]++;
    }

    protected override float Number(ReadOnlySpan<char> word, long row) => IsPositive(word, row) ? 1 : 0;

    private bool IsPositive(ReadOnlySpan<char> word, long row)
    {
        if (_positive is not null && word.SequenceEqual(_positive))
            return true;
        if (_negative is not null && word.SequenceEqual(_negative))
            return false;
        return Meet(word.ToString(), row);
    }

    /// <summary>A label that is written differently from those seen so far.</summary>
    private bool Meet(string word, long row)
    {
        if (_positive is not null && CategoryValue.Same(word, _positive))
            return true;
        if (_negative is not null && CategoryValue.Same(word, _negative))
            return false;
        if (_negative is not null)
            throw new SlipwayException(
                $"{Source}, data row {row}: the label '{Name}' is '{word}', but a binary label has two values, here '{_negative}' and '{_positive}'. " +
                (_given is null || _positives.Sum() > 0 ? "" : $"No row so far has '{_given}', which is 'positive' in model.json: check its spelling. ") +
                "Correct the row, or set 'task' in model.json to multiclass or regression.");
        if (_positive is not null)
            _negative = word;
        else
            (_negative, _positive) = WellKnown(word) ?? throw new SlipwayException(
                $"{Source}, data row {row}: the label '{Name}' is '{word}', which is neither 0/1 nor true/false. " +
                "Specify in model.json which value is positive: \"positive\": \"...\".");
        return CategoryValue.Same(word, _positive);
    }

    private static (string Negative, string Positive)? WellKnown(string word) => word switch
    {
        "False" or "True" => ("False", "True"),
        "FALSE" or "TRUE" => ("FALSE", "TRUE"),
        _ => CategoryValue.Of(word) switch
        {
            "0" or "1" => ("0", "1"),
            CategoryValue.False or CategoryValue.True => (CategoryValue.False, CategoryValue.True),
            _ => null,
        },
    };
}
