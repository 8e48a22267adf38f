using Slipway.Registry.Evaluation;
using Slipway.Registry.Models;

namespace Slipway.Registry.Monitoring.Quality;

/// <summary>
/// Of a regression model. Everything is exact but the median, which is that of <see cref="ErrorBins"/>. R² is relative to the mean of the same rows; its
/// interval, like that of the other metrics, comes from the moments of the errors and of the target (delta method).
/// </summary>
/// <param name="center">Near the mean of the target: sums of its powers around 0 would lose their digits.</param>
internal sealed class RegressionTally(double center, PredictionValue? value) : QualityTally(Length)
{
    private const int Rows = 0, Target = 1, Target2 = 2, Target3 = 3, Target4 = 4;
    private const int Absolute = 5, Square = 6, Square2 = 7, SquareTarget = 8, SquareTarget2 = 9;
    private const int Share = 10, Share2 = 11, Undefined = 12, Value = 13, ValueSquares = 14, Bins = 15, Length = Bins + ErrorBins.Count;

    public override double Labels => Sums[Rows];

    public override void Add(ReadOnlySpan<float> outputs, double label)
    {
        if (!float.IsFinite(outputs[0]) || !double.IsFinite(label))
            return;
        var error = Math.Abs(outputs[0] - label);
        var (square, target) = (error * error, label - center);
        Sums[Rows]++;
        Sums[Target] += target;
        Sums[Target2] += target * target;
        Sums[Target3] += target * target * target;
        Sums[Target4] += target * target * target * target;
        Sums[Absolute] += error;
        Sums[Square] += square;
        Sums[Square2] += square * square;
        Sums[SquareTarget] += square * target;
        Sums[SquareTarget2] += square * target * target;
        AddShare(error, label);
        Sums[Bins + ErrorBins.Of(error)]++;
        if (value is null)
            return;
        var one = value.OfEstimate(label, outputs[0]);
        Sums[Value] += one;
        Sums[ValueSquares] += one * one;
    }

    public override IReadOnlyDictionary<string, Metric> ToMetrics()
    {
        var rows = Sums[Rows];
        var square = TallyIntervals.Mean(Sums[Square], Sums[Square2], rows);
        var metrics = new Dictionary<string, Metric>(StringComparer.Ordinal);
        TallyIntervals.AddTo(metrics, "rmse", new(Math.Sqrt(square.Value), square.Low is { } low ? Math.Sqrt(Math.Max(0, low)) : null, square.High is { } high ? Math.Sqrt(high) : null));
        TallyIntervals.AddTo(metrics, "mae", TallyIntervals.Mean(Sums[Absolute], Sums[Square], rows));
        TallyIntervals.AddTo(metrics, "medianAbsoluteError", Median(rows));
        TallyIntervals.AddTo(metrics, "r2", R2(rows));
        if (Sums[Undefined] == 0)
            TallyIntervals.AddTo(metrics, "meanAbsolutePercentageError", TallyIntervals.Mean(Sums[Share], Sums[Share2], rows));
        if (value is not null)
            TallyIntervals.AddTo(metrics, MetricNames.Value, TallyIntervals.Value(Sums[Value], Sums[ValueSquares], rows));
        return metrics;
    }

    private void AddShare(double error, double label)
    {
        if (label == 0)
        {
            Sums[Undefined]++;
            return;
        }

        var share = error / Math.Abs(label);
        Sums[Share] += share;
        Sums[Share2] += share * share;
    }

    private Metric R2(double rows)
    {
        // means of powers of the target around its own mean
        var (mean, square) = (Sums[Target] / rows, Sums[Square] / rows);
        var (m2, m3, m4) = (Sums[Target2] / rows, Sums[Target3] / rows, Sums[Target4] / rows);
        var variance = m2 - (mean * mean);
        var r2 = 1 - (square / variance);
        if (rows < MinLabels || variance <= 0)
            return new(r2);
        var fourth = m4 - (4 * mean * m3) + (6 * mean * mean * m2) - (3 * mean * mean * mean * mean);
        var both = (Sums[SquareTarget2] - (2 * mean * Sums[SquareTarget]) + (mean * mean * Sums[Square])) / rows;
        var ratio = square / variance;
        var spread = (Sums[Square2] / rows) - (square * square) - (2 * ratio * (both - (square * variance))) + (ratio * ratio * (fourth - (variance * variance)));
        var half = TallyIntervals.Normal975 * Math.Sqrt(Math.Max(0, spread) / rows) / variance;
        return new(r2, r2 - half, Math.Min(1, r2 + half));
    }

    /// <summary>With the interval of ranks that the binomial distribution gives it.</summary>
    private Metric Median(double rows)
    {
        var half = TallyIntervals.Normal975 * Math.Sqrt(rows) / 2;
        var middle = (At(Math.Ceiling(rows / 2)) + At(Math.Floor(rows / 2) + 1)) / 2;
        return rows < MinLabels ? new(middle) : new(middle, At(Math.Floor((rows / 2) - half)), At(Math.Ceiling((rows / 2) + half) + 1));
    }

    private double At(double rank)
    {
        var below = 0.0;
        for (var bin = 0; bin < ErrorBins.Count; bin++)
            if ((below += Sums[Bins + bin]) >= rank && below > 0)
                return ErrorBins.Middle(bin);
        return double.NaN;
    }
}
