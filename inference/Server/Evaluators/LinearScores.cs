using System.Numerics;

namespace Slipway.Inference.Evaluators;

/// <summary>Weighted sums of features, which may be centered and scaled first.</summary>
/// <param name="offset">[F], subtracted from each feature; null for none.</param>
/// <param name="scale">[F], by which each feature is multiplied after that; null for none.</param>
/// <param name="weights">[F, K]</param>
/// <param name="biases">[K]</param>
public sealed class LinearScores(float[]? offset, float[]? scale, float[] weights, float[] biases) : ScoreStep
{
    private readonly int _features = weights.Length / biases.Length;

    public override int Width => biases.Length;

    public override long Bytes => (weights.Length + biases.Length + (offset?.Length ?? 0) + (scale?.Length ?? 0)) * (long)sizeof(float);

    public override void Run(ReadOnlySpan<float> inputs, Span<float> scores, int rows)
    {
        for (var row = 0; row < rows; row++)
        {
            var features = inputs.Slice(row * _features, _features);
            if (biases.Length == 1)
                scores[row] = Sum(features) + biases[0];
            else
                Sums(features, scores.Slice(row * biases.Length, biases.Length));
        }
    }

    private float Sum(ReadOnlySpan<float> row)
    {
        var (sums, i) = (Vector<float>.Zero, 0);
        for (; i + Vector<float>.Count <= row.Length; i += Vector<float>.Count)
        {
            var x = new Vector<float>(row[i..]);
            if (offset is not null)
                x -= new Vector<float>(offset, i);
            if (scale is not null)
                x *= new Vector<float>(scale, i);
            sums += x * new Vector<float>(weights, i);
        }

        var sum = Vector.Sum(sums);
        for (; i < row.Length; i++)
            sum += Scaled(row, i) * weights[i];
        return sum;
    }

    private void Sums(ReadOnlySpan<float> row, Span<float> scores)
    {
        scores.Clear();
        for (var i = 0; i < row.Length; i++)
        {
            var x = Scaled(row, i);
            var factors = weights.AsSpan(i * scores.Length, scores.Length);
            for (var k = 0; k < scores.Length; k++)
                scores[k] += x * factors[k];
        }

        for (var k = 0; k < scores.Length; k++)
            scores[k] += biases[k];
    }

    private float Scaled(ReadOnlySpan<float> row, int i)
    {
        var x = offset is null ? row[i] : row[i] - offset[i];
        return scale is null ? x : x * scale[i];
    }
}
