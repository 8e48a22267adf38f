using Slipway.Registry.Models;

namespace Slipway.Registry.Evaluation;

/// <summary>How well probabilities match binary labels. NaN if a metric is not defined, such as recall without positives.</summary>
public sealed record BinaryMetrics(
    double AveragePrecision,
    double Auc,
    double LogLoss,
    double Brier,
    double Precision,
    double Recall,
    double F1,
    double Accuracy,
    double ExpectedCalibrationError)
{
    public const int CalibrationBins = 10;

    /// <summary>In the order of <see cref="MetricNames.Binary"/>.</summary>
    public double[] Values => [AveragePrecision, Auc, LogLoss, Brier, Precision, Recall, F1, Accuracy, ExpectedCalibrationError];

    public static BinaryMetrics Of(RankedScores scores, double threshold)
    {
        var once = new int[scores.Count];
        Array.Fill(once, 1);
        return Of(scores, once, threshold);
    }

    /// <summary>The expected calibration error is over ten bins of equal width; for the others, see <see cref="RankingSums"/>.</summary>
    /// <param name="weights">How often each row counts, by rank: a bootstrap resample.</param>
    public static BinaryMetrics Of(RankedScores scores, ReadOnlySpan<int> weights, double threshold)
    {
        var sums = new BinarySums(new double[BinarySums.Length], 0);
        var ranking = new RankingSums();
        var (positives, negatives) = (0.0, 0.0);
        for (var rank = 0; rank < weights.Length; rank++)
        {
            var (score, label, weight) = (scores.Score(rank), scores.Label(rank), weights[rank]);
            if (weight > 0)
                sums.Add(score, score >= threshold, label ? weight : 0, label ? 0 : weight);
            positives += label ? weight : 0;
            negatives += label ? 0 : weight;
            if (!scores.EndsTie(rank))
                continue;
            ranking.AddTie(positives, negatives);
            (positives, negatives) = (0, 0);
        }

        return Of(sums, ranking);
    }

    public static BinaryMetrics Of(BinarySums sums, RankingSums ranking)
    {
        var (right, count) = (sums.TruePositives, sums.Count);
        // division by zero gives the NaN that means "not defined"
        return new(
            ranking.AveragePrecision,
            ranking.Auc,
            sums.LogLoss / count,
            sums.Squares / count,
            right / (right + sums.FalsePositives),
            right / (right + sums.FalseNegatives),
            2 * right / ((2 * right) + sums.FalsePositives + sums.FalseNegatives),
            (right + sums.TrueNegatives) / count,
            sums.CalibrationError());
    }
}
