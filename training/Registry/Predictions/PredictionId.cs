namespace Slipway.Registry.Predictions;

/// <summary>What a prediction id says: enough to find the prediction, and what made it, without any index.</summary>
/// <param name="Hour">Start of the hour, in UTC, whose log folder holds the record.</param>
/// <param name="Sequence">Tells the predictions of a replica apart, and says how many rows this one had: <see cref="PredictionSequence"/>.</param>
public readonly record struct PredictionId(string Model, int Version, string Replica, DateTimeOffset Hour, ulong Sequence)
{
    /// <summary>Rows of the prediction; null where the id does not say, as those of earlier servers do not.</summary>
    public int? Rows => PredictionSequence.RowsOf(Sequence);
}
