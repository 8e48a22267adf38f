using Slipway.Registry.Models;
using Slipway.Registry.Rollouts.Statistics;

namespace Slipway.Trainer.Evaluation;

/// <summary>How often two models predict differently on the same rows. Each decides by its own threshold, as its server would.</summary>
public static class Disagreements
{
    private const double Quantile = 0.95;

    /// <param name="rows">The number of rows, which both have predicted.</param>
    /// <returns>Null if the predictions cannot be compared, because the outputs differ in width.</returns>
    public static PredictedDisagreement? Between(ModelTask task, int rows, ModelScores candidate, ModelScores champion)
    {
        if (rows == 0 || candidate.Values.Length != champion.Values.Length || candidate.Values.Length % rows != 0)
            return null;
        return task == ModelTask.Regression ? OfValues(candidate.Values, champion.Values) : OfLabels(rows, candidate, champion);
    }

    private static PredictedDisagreement OfLabels(int rows, ModelScores candidate, ModelScores champion)
    {
        var disagreed = 0L;
        for (var row = 0; row < rows; row++)
            if (candidate.Decision(row, rows) != champion.Decision(row, rows))
                disagreed++;
        return Measured(rows, disagreed, tolerance: null);
    }

    private static PredictedDisagreement OfValues(float[] candidate, float[] champion)
    {
        var differences = candidate.Zip(champion, (one, other) => Math.Abs((double)one - other)).ToArray();
        Array.Sort(differences);
        var tolerance = differences[Math.Max(0, (int)Math.Ceiling(differences.Length * Quantile) - 1)];
        return Measured(differences.Length, differences.LongCount(difference => difference > tolerance), tolerance);
    }

    private static PredictedDisagreement Measured(long rows, long disagreed, double? tolerance)
    {
        var interval = FixedSample.Wilson(disagreed, rows);
        return new(rows, disagreed, interval.Lower, interval.Upper, tolerance);
    }
}

/// <summary>The predictions of one model, row after row, as wide as its output.</summary>
/// <param name="Threshold">The probability from which a binary decision is positive; null for other tasks.</param>
public sealed record ModelScores(float[] Values, double? Threshold)
{
    /// <summary>The number of the predicted class.</summary>
    public int Decision(int row, int rows)
    {
        var width = Values.Length / rows;
        var ofRow = Values.AsSpan(row * width, width);
        if (Threshold is { } threshold)
            return ofRow[0] >= threshold ? 1 : 0;
        var best = 0;
        for (var i = 1; i < width; i++)
            if (ofRow[i] > ofRow[best])
                best = i;
        return best;
    }
}
