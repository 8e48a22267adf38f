using Slipway.Registry.Models;

namespace Slipway.Trainer.Plots;

/// <summary>The input of a job's plots.</summary>
/// <param name="Scores">Of the holdout, N*K, row after row.</param>
/// <param name="Labels">Of the holdout: 0 and 1, class indexes, or values.</param>
/// <param name="ChampionScores">On the same rows; null if there is no champion to compare with.</param>
public sealed record PlotSubject(
    ModelSpec Spec, ModelSchema Schema, ModelMetrics Metrics, float[] Scores, float[] Labels, float[]? ChampionScores = null)
{
    public IReadOnlyList<string> Classes => Schema.Classes ?? [];

    /// <summary>The metric by which slices are compared: the first with a gate.</summary>
    public string SliceMetric => (Spec.Gates.Slices?.Metrics.Keys ?? []).Concat(Spec.Gates.Metrics.Keys).First();
}
