using Slipway.Registry.Evaluation;

namespace Slipway.Trainer.Plots.Data;

/// <summary>The most probable class of each row.</summary>
/// <param name="Index">By row.</param>
/// <param name="Probability">By row.</param>
public sealed record TopClass(int[] Index, float[] Probability)
{
    /// <param name="scores">N*K, row after row.</param>
    public static TopClass Of(ReadOnlySpan<float> scores, int classes)
    {
        var rows = scores.Length / classes;
        var top = new TopClass(new int[rows], new float[rows]);
        for (var row = 0; row < rows; row++)
        {
            var answer = scores.Slice(row * classes, classes);
            top.Index[row] = MulticlassScores.Decide(answer);
            top.Probability[row] = answer[top.Index[row]];
        }

        return top;
    }
}
