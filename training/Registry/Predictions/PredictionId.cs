namespace Slipway.Registry;

/// <summary>What a prediction id says: enough to find the prediction, and what made it, without any index.</summary>
/// <param name="Hour">Start of the hour, in UTC, whose log folder holds the record.</param>
/// <param name="Sequence">Counts the predictions of a replica; the replica decides where it starts.</param>
public readonly record struct PredictionId(string Model, int Version, string Replica, DateTimeOffset Hour, ulong Sequence);
