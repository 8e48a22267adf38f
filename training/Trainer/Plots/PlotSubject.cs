using Slipway.Registry.Models;

namespace Slipway.Trainer.Plots;

/// <summary>What the plots of a job are about.</summary>
/// <param name="Scores">Of the holdout, N*K, row after row.</param>
/// <param name="Labels">Of the holdout: 0 and 1, indexes of classes, or values.</param>
/// <param name="ChampionScores">On the same rows; null where there is no champion to compare with.</param>
public sealed record PlotSubject(
    ModelSpec Spec, ModelSchema Schema, ModelMetrics Metrics, float[] Scores, float[] Labels, float[]? ChampionScores = null)
{
    public IReadOnlyList<string> Classes => Schema.Classes ?? [];

    /// <summary>The metric that slices are compared by: the first with a gate.</summary>
    public string SliceMetric => (Spec.Gates.Slices?.Metrics.Keys ?? []).Concat(Spec.Gates.Metrics.Keys).First();
}
