using Slipway.Registry.Evaluation;
using Slipway.Registry.Models;

namespace Slipway.Trainer.Evaluation;

/// <summary>Chooses the probability from which a decision is positive.</summary>
public static class ThresholdPolicy
{
    /// <summary>The default: the best F1. One half would be meaningless if positives are rare.</summary>
    public static ThresholdSpec Default { get; } = new(MaximizeF: 1);

    /// <param name="validation">Never the holdout: its metrics would be too optimistic.</param>
    public static double Choose(ThresholdSpec? spec, RankedScores validation)
    {
        spec ??= Default;
        if (spec.Fixed is { } threshold)
            return threshold;

        double? chosen = null;
        var best = double.NegativeInfinity;
        var (truePositives, positives) = (0, validation.Positives);
        for (var rank = 0; rank < validation.Count; rank++)
        {
            truePositives += validation.Label(rank) ? 1 : 0;
            if (!validation.EndsTie(rank))
                continue;

            var goodness = Goodness(spec, truePositives, predicted: rank + 1, positives);
            if (goodness > best)
                (best, chosen) = (goodness, Between(validation, rank));
        }

        return chosen ?? throw new ArgumentException("There are no validation rows to choose a threshold on.");
    }

    /// <summary>Ranks are descending, so the first best is the highest threshold.</summary>
    private static double Goodness(ThresholdSpec spec, int truePositives, int predicted, int positives)
    {
        if (spec.RecallAtLeast is { } recall)
            return truePositives >= recall * positives ? 1 : 0;

        var beta = spec.MaximizeF!.Value * spec.MaximizeF.Value;
        return (1 + beta) * truePositives / (predicted + (beta * positives));
    }

    // Halfway to the next score, so that the last digit of a float, which differs between machines, decides nothing.
    private static double Between(RankedScores scores, int rank) =>
        (scores.Score(rank) + (rank + 1 < scores.Count ? scores.Score(rank + 1) : 0.0)) / 2;
}
