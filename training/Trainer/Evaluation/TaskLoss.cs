using Slipway.Registry;

namespace Slipway.Trainer;

/// <summary>One number for how wrong answers are: logLoss for classes, rmse for values.</summary>
public static class TaskLoss
{
    // the nearest that a float comes to 1: a sure and wrong answer costs much, not infinitely much
    private const double SmallestProbability = 1e-7;

    /// <param name="scores">N*K, row after row.</param>
    /// <param name="labels">0 and 1, indexes of classes, or values.</param>
    public static double Of(ModelTask task, ReadOnlySpan<float> scores, ReadOnlySpan<float> labels, int classes)
    {
        var sum = 0.0;
        for (var row = 0; row < labels.Length; row++)
            sum += task switch
            {
                ModelTask.Binary => Surprise(labels[row] == 1 ? scores[row] : 1.0 - scores[row]),
                ModelTask.Multiclass => Surprise(scores[(row * classes) + (int)labels[row]]),
                _ => ((double)scores[row] - labels[row]) * ((double)scores[row] - labels[row]),
            };
        return task == ModelTask.Regression ? Math.Sqrt(sum / labels.Length) : sum / labels.Length;
    }

    private static double Surprise(double probability) => -Math.Log(Math.Max(probability, SmallestProbability));
}
