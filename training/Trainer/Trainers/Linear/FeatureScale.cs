using Slipway.Trainer.Data;

namespace Slipway.Trainer.Trainers.Linear;

/// <summary>Features with mean 0 and standard deviation 1. Offset and scale are floats, so that the export uses the same ones.</summary>
/// <param name="Scale">0 for a feature that is constant in the training rows and therefore carries no information.</param>
internal sealed record FeatureScale(float[] Offset, float[] Scale)
{
    public static FeatureScale Of(EncodedRows rows)
    {
        var (means, squares) = (new double[rows.Width], new double[rows.Width]);
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows.Row(i);
            for (var j = 0; j < row.Length; j++)
            {
                // Welford's method: squares of the distances from the running mean do not cancel
                var distance = row[j] - means[j];
                means[j] += distance / (i + 1);
                squares[j] += distance * (row[j] - means[j]);
            }
        }

        return new([.. means.Select(mean => (float)mean)], [.. squares.Select(square => ScaleOf(square / rows.Count))]);
    }

    private static float ScaleOf(double variance) => (float)(1 / Math.Sqrt(variance)) is var scale && float.IsFinite(scale) ? scale : 0;

    public void Normalize(ReadOnlySpan<float> row, Span<double> normalized)
    {
        for (var j = 0; j < row.Length; j++)
            normalized[j] = ((double)row[j] - Offset[j]) * Scale[j];
    }
}
