using Slipway.Registry.Models;

namespace Slipway.Trainer.Evaluation;

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

    // the float closest to 1: a confident wrong prediction costs much, but not infinitely much
    private const double MinProbability = 1e-7;

    /// <summary>In the order of <see cref="MetricNames.Binary"/>.</summary>
    public double[] Values => [AveragePrecision, Auc, LogLoss, Brier, Precision, Recall, F1, Accuracy, ExpectedCalibrationError];

    public static BinaryMetrics Of(RankedScores scores, double threshold)
    {
        var once = new int[scores.Count];
        Array.Fill(once, 1);
        return Of(scores, once, threshold);
    }

    /// <summary>
    /// Average precision is the step-wise sum of precision over recall, without interpolation; AUC counts ties half;
    /// the expected calibration error is over ten bins of equal width.
    /// </summary>
    /// <param name="weights">How often each row counts, by rank: a bootstrap resample.</param>
    public static BinaryMetrics Of(RankedScores scores, ReadOnlySpan<int> weights, double threshold)
    {
        var sums = new Sums(threshold);
        for (var rank = 0; rank < weights.Length; rank++)
        {
            if (weights[rank] > 0)
                sums.Add(scores.Score(rank), scores.Label(rank), weights[rank]);
            if (scores.EndsTie(rank))
                sums.EndTie();
        }

        return sums.ToMetrics();
    }

    private sealed class Sums(double threshold)
    {
        private readonly double[] _binCount = new double[CalibrationBins], _binScore = new double[CalibrationBins], _binPositives = new double[CalibrationBins];
        private double _positives, _negatives, _tiePositives, _tieNegatives;
        private double _precisionSum, _concordant, _logLoss, _squares;
        private double _truePositives, _falsePositives;

        public void Add(float score, bool label, int weight)
        {
            if (label)
                _tiePositives += weight;
            else
                _tieNegatives += weight;
            if (score >= threshold && label)
                _truePositives += weight;
            else if (score >= threshold)
                _falsePositives += weight;

            _logLoss -= weight * Math.Log(Math.Max(label ? score : 1.0 - score, MinProbability));
            var error = (label ? 1.0 : 0.0) - score;
            _squares += weight * error * error;
            var bin = Math.Min((int)(score * CalibrationBins), CalibrationBins - 1);
            _binCount[bin] += weight;
            _binScore[bin] += weight * (double)score;
            _binPositives[bin] += label ? weight : 0;
        }

        public void EndTie()
        {
            _concordant += _tieNegatives * (_positives + (_tiePositives / 2));
            _positives += _tiePositives;
            _negatives += _tieNegatives;
            if (_tiePositives > 0)
                _precisionSum += _tiePositives * _positives / (_positives + _negatives);
            (_tiePositives, _tieNegatives) = (0, 0);
        }

        public BinaryMetrics ToMetrics()
        {
            var count = _positives + _negatives;
            var missed = _positives - _truePositives;
            var calibrationError = 0.0;
            for (var bin = 0; bin < CalibrationBins; bin++)
                calibrationError += Math.Abs(_binScore[bin] - _binPositives[bin]);
            // division by zero gives the NaN that means "not defined"
            return new(
                _precisionSum / _positives,
                _concordant / (_positives * _negatives),
                _logLoss / count,
                _squares / count,
                _truePositives / (_truePositives + _falsePositives),
                _truePositives / _positives,
                2 * _truePositives / ((2 * _truePositives) + _falsePositives + missed),
                (_truePositives + _negatives - _falsePositives) / count,
                calibrationError / count);
        }
    }
}
