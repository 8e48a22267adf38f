namespace Slipway.PredictionLogs.Writing;

/// <summary>What all rows of a prediction share.</summary>
/// <param name="PredictionId">It must not change before its row group is written.</param>
public readonly record struct PredictionHead(
    ReadOnlyMemory<char> PredictionId, DateTimeOffset At, string Model, int Version, string TrainingJob, string Color, string Replica, double Microseconds);
