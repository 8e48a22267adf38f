namespace Slipway.Registry.Evaluation;

/// <summary>
/// Sums over labeled probabilities of several classes, from which all metrics follow. They add up. Macro averages are over the classes that occur among
/// the labels; the precision of a class that was never predicted counts as 0, like its recall then. Brier is the sum of squares over all classes.
/// The expected calibration error is that of the predicted class's probability, over ten bins of equal width.
/// </summary>
/// <param name="values">Where the sums are kept: at least <see cref="LengthOf"/> elements from <paramref name="start"/> on.</param>
public readonly struct MulticlassSums(double[] values, int start, int classes)
{
    private const int CalibrationBins = 10;
    private const int Rows = 0, Loss = 1, LossSquares = 2, Error = 3, ErrorSquares = 4, Bins = 5, Classes = Bins + (3 * CalibrationBins);

    public static int LengthOf(int classes) => Classes + (3 * classes);

    public double Count => values[start + Rows];
    public double LogLoss => values[start + Loss];
    public double LogLossSquares => values[start + LossSquares];
    public double Squares => values[start + Error];
    public double SquaresSquares => values[start + ErrorSquares];

    /// <summary>Rows whose label was predicted.</summary>
    public double Right
    {
        get
        {
            var right = 0.0;
            for (var index = 0; index < classes; index++)
                right += values[OfClass(index) + 2];
            return right;
        }
    }

    /// <param name="confidence">The probability of the predicted class.</param>
    /// <param name="logLoss">Of the row, if this is its label.</param>
    /// <param name="squares">Its squared errors, over all classes.</param>
    /// <param name="weight">How often the row counts; not a whole number if only the label's probability is known.</param>
    public void Add(int label, int decision, double confidence, double logLoss, double squares, double weight)
    {
        values[start + Rows] += weight;
        values[start + Loss] += weight * logLoss;
        values[start + LossSquares] += weight * logLoss * logLoss;
        values[start + Error] += weight * squares;
        values[start + ErrorSquares] += weight * squares * squares;
        AddDecision(label, decision, weight);
        var bin = BinOf(confidence);
        values[bin] += weight;
        values[bin + 1] += weight * confidence;
        values[bin + 2] += label == decision ? weight : 0;
    }

    /// <summary>Only what the metrics of decisions depend on.</summary>
    public void AddDecision(int label, int decision, double weight)
    {
        values[OfClass(label)] += weight;
        values[OfClass(decision) + 1] += weight;
        if (label == decision)
            values[OfClass(label) + 2] += weight;
    }

    public double MacroF1() => Mean((actual, decided, right) => 2 * right / (actual + decided));

    public double MacroPrecision() => Mean((_, decided, right) => decided > 0 ? right / decided : 0);

    public double MacroRecall() => Mean((actual, _, right) => right / actual);

    public double CalibrationError()
    {
        var difference = 0.0;
        for (var bin = 0; bin < CalibrationBins; bin++)
            difference += Math.Abs(values[start + Bins + (3 * bin) + 1] - values[start + Bins + (3 * bin) + 2]);
        return difference / Count;
    }

    /// <summary>The rows, and those that were predicted rightly, of each bin of the calibration error, with the mean confidence.</summary>
    public IEnumerable<(double Rows, double Right, double Confidence)> Calibration()
    {
        for (var bin = start + Bins; bin < start + Classes; bin += 3)
            if (values[bin] > 0)
                yield return (values[bin], values[bin + 2], values[bin + 1] / values[bin]);
    }

    private int BinOf(double confidence) => start + Bins + (3 * Math.Min((int)(confidence * CalibrationBins), CalibrationBins - 1));

    private int OfClass(int index) => start + Classes + (3 * index);

    // NaN without labels, which means "not defined"
    private double Mean(Func<double, double, double, double> ofClass)
    {
        var (sum, present) = (0.0, 0);
        for (var index = 0; index < classes; index++)
        {
            var at = OfClass(index);
            if (values[at] <= 0)
                continue;
            sum += ofClass(values[at], values[at + 1], values[at + 2]);
            present++;
        }

        return sum / present;
    }
}
