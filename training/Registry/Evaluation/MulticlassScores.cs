using Slipway.Registry.Models;

namespace Slipway.Registry.Evaluation;

/// <summary>Probabilities of several classes; the decision is the most probable one. The metrics are those of <see cref="MulticlassSums"/>.</summary>
public sealed class MulticlassScores : ScoredRows
{
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
        var sums = new MulticlassSums(new double[MulticlassSums.LengthOf(_classes)], 0, _classes);
        for (var row = 0; row < weights.Length; row++)
            if (weights[row] > 0)
                sums.Add(_labels[row], _decisions[row], _confidence[row], _logLoss[row], _squares[row], weights[row]);
        return
        [
            sums.Right / sums.Count, sums.MacroF1(), sums.MacroPrecision(), sums.MacroRecall(),
            sums.LogLoss / sums.Count, sums.Squares / sums.Count, sums.CalibrationError(),
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
        (_logLoss[row], _squares[row]) = Losses(probabilities, _labels[row]);
    }

    /// <summary>The log loss and the squared errors of one row.</summary>
    public static (double LogLoss, double Squares) Losses(ReadOnlySpan<float> probabilities, int label)
    {
        var squares = 0.0;
        for (var i = 0; i < probabilities.Length; i++)
        {
            var error = (i == label ? 1.0 : 0.0) - probabilities[i];
            squares += error * error;
        }

        return (-Math.Log(Math.Max(probabilities[label], MinProbability)), squares);
    }
}
