using System.Globalization;
using Slipway.Registry;
using Slipway.Registry.Models;
using Slipway.Registry.Rows;

namespace Slipway.Trainer.Data.Labels;

/// <summary>A number to predict, in the unit of the column.</summary>
public sealed class NumberLabel(string name, string source) : LabelColumn(name, source)
{
    private readonly RunningMoments _all = new(), _training = new();

    public override IReadOnlyList<string> Classes => [];

    public override string Summary => string.Create(CultureInfo.InvariantCulture, $"'{Name}' from {_all.Minimum} to {_all.Maximum}, mean {_all.Mean:0.####}");

    public override void Check(IReadOnlyDictionary<Side, long> rows)
    {
        if (_all.Minimum == _all.Maximum)
            throw new SlipwayException(string.Create(CultureInfo.InvariantCulture,
                $"{Source}: all {rows.Values.Sum()} rows have the same value {_all.Minimum} in the target column '{Name}'. A constant cannot be predicted from anything."));
        if (_training.Minimum == _training.Maximum || rows.Values.Any(count => count == 0))
            throw new SlipwayException(
                $"{Source}: {rows[Side.Training]} training, {rows[Side.Validation]} validation and {rows[Side.Holdout]} holdout rows are too few for this split: " +
                "add more, or change 'split' in model.json.");
    }

    public override DataMetrics Describe(DataMetrics data) =>
        data with { LabelValues = new(_all.Minimum, _all.Maximum, _all.Mean, _all.StandardDeviation) };

    protected override void Learn(ReadOnlySpan<char> word, Side side, long row)
    {
        var value = Number(word, row);
        _all.Add(value);
        if (side == Side.Training)
            _training.Add(value);
    }

    protected override float Number(ReadOnlySpan<char> word, long row) =>
        float.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && float.IsFinite(value)
            ? value
            : throw new SlipwayException(
                $"{Source}, data row {row}: the label '{Name}' is '{NumberText.Shortened(word)}', which is not a finite number.{NumberText.Hint(word)} " +
                "Correct the value, or set 'task' in model.json to binary or multiclass.");
}
