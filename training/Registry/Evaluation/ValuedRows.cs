using Slipway.Registry.Models;

namespace Slipway.Registry.Evaluation;

/// <summary>Rows with one more metric: the value of 1,000 predictions.</summary>
/// <param name="values">The value of each row. Their order need not be that of <paramref name="rows"/>: a resample of either is as probable.</param>
public sealed class ValuedRows(ScoredRows rows, double[] values) : ScoredRows
{
    public override IReadOnlyList<string> Metrics { get; } = [.. rows.Metrics, MetricNames.Value];

    public override int Count => rows.Count;

    public override double[] Measure(ReadOnlySpan<int> weights)
    {
        var (sum, count) = (0.0, 0.0);
        for (var row = 0; row < weights.Length; row++)
        {
            sum += weights[row] * values[row];
            count += weights[row];
        }

        return [.. rows.Measure(weights), PredictionValue.Predictions * sum / count];
    }
}
