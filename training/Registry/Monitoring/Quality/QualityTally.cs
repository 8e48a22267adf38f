using Slipway.Registry.Evaluation;
using Slipway.Registry.Models;

namespace Slipway.Registry.Monitoring.Quality;

/// <summary>
/// Predictions and their labels as they stream in: sums of fixed number, from which the metrics of the training job follow. The sums of any parts of a stream
/// add up to those of the whole, in any order.
/// </summary>
public abstract class QualityTally
{
    /// <summary>With fewer labels, a mean has no interval: the distribution of its error is not known.</summary>
    public const int MinLabels = 30;

    private protected QualityTally(int length) => Sums = new double[length];

    private protected double[] Sums { get; }

    /// <summary>Labeled rows.</summary>
    public abstract double Labels { get; }

    /// <param name="labelMean">The mean of the target in the training data, around which its variation is summed; null for classifiers.</param>
    /// <exception cref="SlipwayException">The schema lacks what its task needs.</exception>
    public static QualityTally For(ModelSchema schema, PredictionValue? value, double? labelMean) => schema.Task switch
    {
        ModelTask.Binary => new BinaryTally(schema.Threshold ?? throw new SlipwayException("The schema of a binary model has no threshold."), value),
        ModelTask.Multiclass => new MulticlassTally(schema.Output.Width, value),
        ModelTask.Regression => new RegressionTally(labelMean ?? 0, value),
        _ => throw new SlipwayException($"There are no metrics for the task {schema.Task}."),
    };

    /// <param name="outputs">As wide as the model's output.</param>
    /// <param name="label">0 or 1, the index of the class, or the value.</param>
    public abstract void Add(ReadOnlySpan<float> outputs, double label);

    /// <summary>By name, without those that are not defined. Proportions have the interval of Wilson, means that of the normal distribution; others are bootstrapped.</summary>
    public abstract IReadOnlyDictionary<string, Metric> ToMetrics();

    public void Add(TallySums stored)
    {
        foreach (var (number, sum) in stored.Sums)
            if (number >= 0 && number < Sums.Length)
                Sums[number] += sum;
    }

    public TallySums ToSums()
    {
        var stored = new SortedDictionary<int, double>();
        for (var i = 0; i < Sums.Length; i++)
            if (Sums[i] != 0)
                stored.Add(i, Sums[i]);
        return new(stored);
    }
}
