using Slipway.Registry.Models;

namespace Slipway.Inference.Evaluators;

/// <summary>
/// Rows on which two evaluators of a model have to agree: values of the golden rows and of the range of the training data, beyond it, and at and around every
/// threshold. The same rows each time.
/// </summary>
public sealed class ComparedRows
{
    private const int Seed = 20_250_130;

    private readonly Random _random = new(Seed);
    private readonly IReadOnlyList<IReadOnlyList<float>> _golden;
    private readonly (float Minimum, float Maximum)[] _ranges;
    private readonly float[][] _thresholds;
    private readonly bool _missing;

    public ComparedRows(ModelSchema schema, GoldenSet golden, CompiledModel compiled)
    {
        _golden = golden.Inputs;
        _ranges = [.. schema.Columns.SelectMany(column => column.Categories is { } categories
            ? Enumerable.Repeat((0f, 1f), categories.Count)
            : [(column.Minimum ?? 0, column.Maximum ?? 1)])];
        var splits = compiled.Scores.Splits.ToLookup(split => split.Feature, split => split.Threshold);
        _thresholds = [.. _ranges.Select((_, feature) => splits[feature].Distinct().ToArray())];
        _missing = _thresholds.Any(thresholds => thresholds.Length > 0);
    }

    public void Fill(Span<float> row)
    {
        for (var feature = 0; feature < row.Length; feature++)
            row[feature] = Value(feature);
        if (_missing && _random.Next(16) == 0)
            row[_random.Next(row.Length)] = _random.Next(3) switch { 0 => float.NaN, 1 => float.PositiveInfinity, _ => float.NegativeInfinity };
    }

    private float Value(int feature)
    {
        var (minimum, maximum) = _ranges[feature];
        var kind = _random.Next(16);
        return kind switch
        {
            < 6 when _thresholds[feature] is { Length: > 0 } thresholds => Around(thresholds[_random.Next(thresholds.Length)]),
            < 9 => _golden[_random.Next(_golden.Count)][feature],
            9 => 0,
            10 => minimum + (_random.NextSingle() - 0.5f) * 10 * (maximum - minimum),
            11 => _random.Next(2),
            _ => minimum + _random.NextSingle() * (maximum - minimum),
        };
    }

    private float Around(float threshold) => _random.Next(4) switch { 0 => MathF.BitIncrement(threshold), 1 => MathF.BitDecrement(threshold), _ => threshold };
}
