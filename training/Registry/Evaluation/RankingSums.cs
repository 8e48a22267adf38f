namespace Slipway.Registry.Evaluation;

/// <summary>
/// The metrics that depend on the order of the rows, from ties in descending order of their score. Average precision is the step-wise sum of precision
/// over recall, without interpolation; AUC counts ties half.
/// </summary>
public struct RankingSums
{
    private double _positives, _negatives, _precision, _concordant, _tied;

    /// <summary>NaN if it is not defined.</summary>
    public readonly double AveragePrecision => _precision / _positives;

    public readonly double Auc => _concordant / (_positives * _negatives);

    /// <summary>How much AUC could be higher or lower if the rows of each tie had different scores.</summary>
    public readonly double AucOfTies => _tied / (2 * _positives * _negatives);

    /// <summary>All rows with the next lower score.</summary>
    public void AddTie(double positives, double negatives)
    {
        _concordant += negatives * (_positives + (positives / 2));
        _tied += positives * negatives;
        _positives += positives;
        _negatives += negatives;
        if (positives > 0)
            _precision += positives * _positives / (_positives + _negatives);
    }
}
