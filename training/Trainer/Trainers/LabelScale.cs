using Slipway.Trainer.Data;

namespace Slipway.Trainer.Trainers;

/// <summary>
/// The target of a regression in units of its own standard deviation: the same hyperparameters then suit millimeters and millions, and no
/// optimizer sums floats of a magnitude that it was not designed for. The export reverses it.
/// </summary>
internal sealed record LabelScale(double Mean, double Deviation)
{
    public static LabelScale Of(EncodedRows rows)
    {
        var (mean, squares) = (0.0, 0.0);
        for (var i = 0; i < rows.Count; i++)
        {
            // Welford's method: squares of the distances from the running mean do not cancel
            var distance = rows.Labels[i] - mean;
            mean += distance / (i + 1);
            squares += distance * (rows.Labels[i] - mean);
        }

        var deviation = Math.Sqrt(squares / Math.Max(1, rows.Count));
        return new(mean, deviation > 0 ? deviation : 1);
    }

    public float Normalize(float label) => (float)((label - Mean) / Deviation);

    /// <summary>Back to the unit of the target, in place.</summary>
    public float[] Restore(float[] normalized)
    {
        for (var i = 0; i < normalized.Length; i++)
            normalized[i] = (float)((normalized[i] * Deviation) + Mean);
        return normalized;
    }
}
