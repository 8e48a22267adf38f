namespace Slipway.Registry.Predictions;

/// <summary>The content of a prediction id: enough to find the prediction, and what produced it, without an index.</summary>
/// <param name="Hour">Start of the hour, in UTC, whose log folder contains the record.</param>
/// <param name="Sequence">Distinguishes the predictions of a replica, and contains the number of rows: <see cref="PredictionSequence"/>.</param>
public readonly record struct PredictionId(string Model, int Version, string Replica, DateTimeOffset Hour, ulong Sequence)
{
    /// <summary>Rows of the prediction; null if the id does not contain it, as in ids from earlier servers.</summary>
    public int? Rows => PredictionSequence.RowsOf(Sequence);
}
