namespace Slipway.Registry.Evaluation;

/// <summary>
/// Sums over labeled probabilities. All metrics that do not depend on the order of the rows follow from them, and they add up.
/// </summary>
/// <param name="values">Where the sums are kept: at least <see cref="Length"/> elements from <paramref name="start"/> on.</param>
public readonly struct BinarySums(double[] values, int start)
{
    public const int Length = Bins + (3 * CalibrationBins);

    private const int CalibrationBins = BinaryMetrics.CalibrationBins;
    private const int TruePositive = 0, FalsePositive = 1, FalseNegative = 2, TrueNegative = 3, Loss = 4, LossSquares = 5, Error = 6, ErrorSquares = 7, Bins = 8;

    // the float closest to 1: a confident wrong prediction costs much, but not infinitely much
    private const double MinProbability = 1e-7;

    public double TruePositives => values[start + TruePositive];
    public double FalsePositives => values[start + FalsePositive];
    public double FalseNegatives => values[start + FalseNegative];
    public double TrueNegatives => values[start + TrueNegative];
    public double LogLoss => values[start + Loss];

    /// <summary>The sum of the squares of each row's log loss, for the interval of the mean.</summary>
    public double LogLossSquares => values[start + LossSquares];

    /// <summary>The sum of squared errors, whose mean is the Brier score.</summary>
    public double Squares => values[start + Error];

    public double SquaresSquares => values[start + ErrorSquares];

    public double Count => TruePositives + FalsePositives + FalseNegatives + TrueNegatives;

    /// <param name="decision">Whether the model decides that the row is positive.</param>
    /// <param name="positives">How often the row counts as positive; not a whole number if only its probability is known.</param>
    public void Add(double score, bool decision, double positives, double negatives)
    {
        values[start + (decision ? TruePositive : FalseNegative)] += positives;
        values[start + (decision ? FalsePositive : TrueNegative)] += negatives;
        AddLoss(score, 1 - score, positives);
        AddLoss(1 - score, score, negatives);
        var bin = start + Bins + (3 * Math.Min((int)(score * CalibrationBins), CalibrationBins - 1));
        values[bin] += positives + negatives;
        values[bin + 1] += (positives + negatives) * score;
        values[bin + 2] += positives;
    }

    /// <summary>The mean difference between the bins' mean scores and their shares of positives.</summary>
    public double CalibrationError()
    {
        var difference = 0.0;
        for (var bin = start + Bins; bin < start + Length; bin += 3)
            difference += Math.Abs(values[bin + 1] - values[bin + 2]);
        return difference / Count;
    }

    /// <param name="probability">Of the label that the row has.</param>
    private void AddLoss(double probability, double error, double weight)
    {
        if (weight == 0)
            return;
        var loss = -Math.Log(Math.Max(probability, MinProbability));
        var square = error * error;
        values[start + Loss] += weight * loss;
        values[start + LossSquares] += weight * loss * loss;
        values[start + Error] += weight * square;
        values[start + ErrorSquares] += weight * square * square;
    }
}
