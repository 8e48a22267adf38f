using Slipway.Registry.Models;

namespace Slipway.Registry.Evaluation;

/// <summary>Probabilities of the positive class, evaluated with <see cref="BinaryMetrics"/>.</summary>
public sealed class BinaryScores(RankedScores ranked, double threshold) : ScoredRows
{
    public override IReadOnlyList<string> Metrics => MetricNames.Binary;

    public override int Count => ranked.Count;

    public override double[] Measure(ReadOnlySpan<int> weights) => BinaryMetrics.Of(ranked, weights, threshold).Values;
}
