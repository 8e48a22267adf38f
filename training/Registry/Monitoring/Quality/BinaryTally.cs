using Slipway.Registry.Evaluation;
using Slipway.Registry.Models;

namespace Slipway.Registry.Monitoring.Quality;

/// <summary>
/// Of a binary model. Counts of decisions, log loss, Brier score and calibration are exact; average precision and AUC treat the rows of a bin of
/// <see cref="ScoreBins"/> as ties. <see cref="AucOfTies"/> bounds what that changes.
/// </summary>
internal sealed class BinaryTally(double threshold, PredictionValue? value) : QualityTally(Length)
{
    private const int Value = BinarySums.Length, ValueSquares = Value + 1, Bins = Value + 2;
    private const int Positives = Bins, Negatives = Positives + ScoreBins.Count, Scores = Negatives + ScoreBins.Count, Length = Scores + ScoreBins.Count;

    public override double Labels => Exact.Count;

    /// <summary>The largest possible difference between AUC over the bins and over the rows.</summary>
    public double AucOfTies => Ranking(Sums, Positives, Negatives).AucOfTies;

    private BinarySums Exact => new(Sums, 0);

    public override void Add(ReadOnlySpan<float> outputs, double label) => Add(outputs[0], label == 1 ? 1 : 0, label == 1 ? 0 : 1);

    /// <param name="positives">The probability that the row is positive, if it is not known.</param>
    public void Add(float score, double positives, double negatives)
    {
        if (float.IsNaN(score))
            return;
        var probability = Math.Clamp(score, 0f, 1f);
        var decision = probability >= threshold;
        Exact.Add(probability, decision, positives, negatives);
        var bin = ScoreBins.Of(probability, decision);
        Sums[Positives + bin] += positives;
        Sums[Negatives + bin] += negatives;
        Sums[Scores + bin] += probability * (positives + negatives);
        AddValue(1, decision, positives);
        AddValue(0, decision, negatives);
    }

    public BinaryMetrics Measure() => BinaryMetrics.Of(Exact, Ranking(Sums, Positives, Negatives));

    /// <summary>The value of 1,000 predictions; null if the spec gives none.</summary>
    public double? MeanValue => value is null ? null : PredictionValue.Predictions * Sums[Value] / Labels;

    public override IReadOnlyDictionary<string, Metric> ToMetrics()
    {
        var (sums, measured) = (Exact, Measure());
        var counts = Sums[Positives..Scores];
        var intervals = CountBootstrap.Intervals(counts, OfCounts);
        var metrics = new Dictionary<string, Metric>(StringComparer.Ordinal);
        TallyIntervals.AddTo(metrics, "averagePrecision", new(measured.AveragePrecision, intervals[0].Low, intervals[0].High));
        TallyIntervals.AddTo(metrics, "auc", new(measured.Auc, intervals[1].Low, intervals[1].High));
        TallyIntervals.AddTo(metrics, "logLoss", TallyIntervals.Mean(sums.LogLoss, sums.LogLossSquares, sums.Count));
        TallyIntervals.AddTo(metrics, "brier", TallyIntervals.Mean(sums.Squares, sums.SquaresSquares, sums.Count));
        TallyIntervals.AddTo(metrics, "precision", TallyIntervals.Proportion(sums.TruePositives, sums.TruePositives + sums.FalsePositives));
        TallyIntervals.AddTo(metrics, "recall", TallyIntervals.Proportion(sums.TruePositives, sums.TruePositives + sums.FalseNegatives));
        TallyIntervals.AddTo(metrics, "f1", TallyIntervals.F1(sums.TruePositives, sums.FalsePositives + sums.FalseNegatives));
        TallyIntervals.AddTo(metrics, "accuracy", TallyIntervals.Proportion(sums.TruePositives + sums.TrueNegatives, sums.Count));
        TallyIntervals.AddTo(metrics, "expectedCalibrationError", new(measured.ExpectedCalibrationError, intervals[2].Low, intervals[2].High));
        if (value is not null)
            TallyIntervals.AddTo(metrics, MetricNames.Value, TallyIntervals.Value(Sums[Value], Sums[ValueSquares], sums.Count));
        return metrics;
    }

    private static RankingSums Ranking(double[] sums, int positives, int negatives)
    {
        var ranking = new RankingSums();
        for (var bin = ScoreBins.Count - 1; bin >= 0; bin--)
            if (sums[positives + bin] + sums[negatives + bin] > 0)
                ranking.AddTie(sums[positives + bin], sums[negatives + bin]);
        return ranking;
    }

    /// <summary>Average precision, AUC, and the calibration error of the bins' mean scores.</summary>
    private double[] OfCounts(double[] counts)
    {
        var ranking = Ranking(counts, 0, ScoreBins.Count);
        var calibration = new BinarySums(new double[BinarySums.Length], 0);
        for (var bin = 0; bin < ScoreBins.Count; bin++)
            if (Sums[Positives + bin] + Sums[Negatives + bin] is > 0 and var rows)
                calibration.Add(Math.Min(1, Sums[Scores + bin] / rows), decision: true, counts[bin], counts[ScoreBins.Count + bin]);
        return [ranking.AveragePrecision, ranking.Auc, calibration.CalibrationError()];
    }

    private void AddValue(int label, bool decision, double weight)
    {
        if (value is null || weight == 0)
            return;
        var one = value.OfDecision(label, decision ? 1 : 0);
        Sums[Value] += weight * one;
        Sums[ValueSquares] += weight * one * one;
    }
}
