using Slipway.Registry.Models;

namespace Slipway.Registry.Evaluation;

/// <summary>
/// Predictions compared with values, in the unit of the target. R² is relative to the mean of the same rows; the mean absolute percentage error is a ratio
/// (0.1 is ten percent) and not defined if a value is 0.
/// </summary>
public sealed class RegressionScores : ScoredRows
{
    private readonly float[] _labels;
    private readonly double[] _errors; // absolute, ascending

    public RegressionScores(float[] scores, float[] labels)
    {
        if (scores.Length != labels.Length)
            throw new ArgumentException($"{scores.Length} predictions for {labels.Length} values.");
        _labels = [.. labels];
        _errors = [.. scores.Zip(labels, (score, label) => Math.Abs((double)score - label))];
        Array.Sort(_errors, _labels); // sorted once, so that every resample finds its median in one pass
    }

    public override IReadOnlyList<string> Metrics => MetricNames.Regression;

    public override int Count => _labels.Length;

    public override double[] Measure(ReadOnlySpan<int> weights)
    {
        var (count, labels, absolute, squares, shares) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (var row = 0; row < weights.Length; row++)
        {
            count += weights[row];
            labels += weights[row] * (double)_labels[row];
            absolute += weights[row] * _errors[row];
            squares += weights[row] * _errors[row] * _errors[row];
            if (weights[row] > 0)
                shares += weights[row] * _errors[row] / Math.Abs((double)_labels[row]);
        }

        var (mean, variation) = (labels / count, 0.0);
        for (var row = 0; row < weights.Length; row++)
            variation += weights[row] * (_labels[row] - mean) * (_labels[row] - mean);
        return [Math.Sqrt(squares / count), absolute / count, Median(weights, count), 1 - (squares / variation), shares / count];
    }

    /// <summary>The mean of the two middle errors if their number is even.</summary>
    private double Median(ReadOnlySpan<int> weights, double count)
    {
        var (lower, upper) = (double.NaN, double.NaN);
        var (below, first, second) = (0.0, Math.Floor((count - 1) / 2), Math.Floor(count / 2));
        for (var row = 0; row < weights.Length && double.IsNaN(upper); row++)
        {
            below += weights[row];
            if (double.IsNaN(lower) && below > first)
                lower = _errors[row];
            if (below > second)
                upper = _errors[row];
        }

        return (lower + upper) / 2;
    }
}
