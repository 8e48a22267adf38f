using Slipway.Registry.Models;

namespace Slipway.Trainer.Evaluation;

/// <summary>
/// Probabilities of several classes; the decision is the most probable one. Macro averages are over the classes that occur among the labels;
/// the precision of a class that was never predicted counts as 0, like its recall then. Brier is the sum of squares over all classes.
/// The expected calibration error is that of the predicted class's probability, over ten bins of equal width.
/// </summary>
public sealed class MulticlassScores : ScoredRows
{
    private const int CalibrationBins = 10;

    // the float closest to 1: a confident wrong prediction costs much, but not infinitely much
    private const double MinProbability = 1e-7;

    private readonly int _classes;
    private readonly int[] _labels, _decisions;
    private readonly double[] _confidence, _logLoss, _squares;

    public MulticlassScores(float[] scores, float[] labels)
    {
        if (labels.Length == 0 || scores.Length % labels.Length != 0)
            throw new ArgumentException($"{scores.Length} scores for {labels.Length} labels.");
        _classes = scores.Length / labels.Length;
        _labels = [.. labels.Select(label => (int)label)];
        (_decisions, _confidence) = (new int[labels.Length], new double[labels.Length]);
        (_logLoss, _squares) = (new double[labels.Length], new double[labels.Length]);
        for (var row = 0; row < labels.Length; row++)
            Add(row, scores.AsSpan(row * _classes, _classes));
    }

    public override IReadOnlyList<string> Metrics => MetricNames.Multiclass;

    public override int Count => _labels.Length;

    public override double[] Measure(ReadOnlySpan<int> weights)
    {
        var (actual, decided, right) = (new double[_classes], new double[_classes], new double[_classes]);
        var (binConfidence, binRight) = (new double[CalibrationBins], new double[CalibrationBins]);
        var (count, logLoss, squares) = (0.0, 0.0, 0.0);
        for (var row = 0; row < weights.Length; row++)
        {
            var weight = weights[row];
            if (weight == 0)
                continue;
            var hit = _decisions[row] == _labels[row] ? weight : 0;
            var bin = Math.Min((int)(_confidence[row] * CalibrationBins), CalibrationBins - 1);
            count += weight;
            actual[_labels[row]] += weight;
            decided[_decisions[row]] += weight;
            right[_labels[row]] += hit;
            binConfidence[bin] += weight * _confidence[row];
            binRight[bin] += hit;
            logLoss += weight * _logLoss[row];
            squares += weight * _squares[row];
        }

        var present = Enumerable.Range(0, _classes).Where(index => actual[index] > 0).ToList();
        // division by zero gives the NaN that means "not defined"
        return
        [
            right.Sum() / count,
            present.Sum(index => 2 * right[index] / (actual[index] + decided[index])) / present.Count,
            present.Sum(index => decided[index] > 0 ? right[index] / decided[index] : 0) / present.Count,
            present.Sum(index => right[index] / actual[index]) / present.Count,
            logLoss / count,
            squares / count,
            Enumerable.Range(0, CalibrationBins).Sum(bin => Math.Abs(binConfidence[bin] - binRight[bin])) / count,
        ];
    }

    /// <summary>The index of the largest; the first if several are equal.</summary>
    public static int Decide(ReadOnlySpan<float> probabilities)
    {
        var best = 0;
        for (var i = 1; i < probabilities.Length; i++)
            if (probabilities[i] > probabilities[best])
                best = i;
        return best;
    }

    private void Add(int row, ReadOnlySpan<float> probabilities)
    {
        _decisions[row] = Decide(probabilities);
        _confidence[row] = probabilities[_decisions[row]];
        _logLoss[row] = -Math.Log(Math.Max(probabilities[_labels[row]], MinProbability));
        for (var i = 0; i < probabilities.Length; i++)
        {
            var error = (i == _labels[row] ? 1.0 : 0.0) - probabilities[i];
            _squares[row] += error * error;
        }
    }
}
