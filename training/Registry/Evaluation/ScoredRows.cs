using Slipway.Registry.Models;

namespace Slipway.Registry.Evaluation;

/// <summary>Labeled rows with a model's predictions, ready to be evaluated many times: once as they are, and once per resample.</summary>
public abstract class ScoredRows
{
    /// <summary>The measured metrics, in this order.</summary>
    public abstract IReadOnlyList<string> Metrics { get; }

    public abstract int Count { get; }

    /// <param name="scores">Row after row, as wide as the model's output.</param>
    /// <param name="labels">Numbered by the label column of the trainer: 0 and 1, the index of the class, or the value.</param>
    /// <param name="threshold">For binary models.</param>
    /// <param name="value">Null if the spec gives predictions no value.</param>
    public static ScoredRows Of(ModelTask task, float[] scores, float[] labels, double? threshold, PredictionValue? value = null)
    {
        ScoredRows rows = task switch
        {
            ModelTask.Binary => new BinaryScores(RankedScores.Of(scores, labels), threshold ?? throw new ArgumentNullException(nameof(threshold))),
            ModelTask.Multiclass => new MulticlassScores(scores, labels),
            ModelTask.Regression => new RegressionScores(scores, labels),
            _ => throw new ArgumentOutOfRangeException(nameof(task), task, "No such task."),
        };
        return value is null ? rows : new ValuedRows(rows, value.OfRows(task, scores, labels, threshold));
    }

    /// <param name="weights">How often each row counts, in the rows' own order: a resample. As long as <see cref="Count"/>.</param>
    /// <returns>NaN if a metric is not defined, such as recall without positives.</returns>
    public abstract double[] Measure(ReadOnlySpan<int> weights);

    public double[] Measure()
    {
        var once = new int[Count];
        Array.Fill(once, 1);
        return Measure(once);
    }

    /// <summary>By name with bootstrap intervals, without undefined metrics: a gate on one of these fails because it is missing.</summary>
    public IReadOnlyDictionary<string, Metric> ToMetrics(int seed, CancellationToken cancellation = default)
    {
        var intervals = Bootstrap.Intervals(this, seed, cancellation);
        return Metrics.Zip(Measure(), intervals)
            .Where(metric => double.IsFinite(metric.Second))
            .ToDictionary(metric => metric.First, metric => new Metric(metric.Second, metric.Third.Low, metric.Third.High));
    }
}
