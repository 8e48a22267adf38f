namespace Slipway.PredictionLogs.Writing;

/// <summary>What all rows of a prediction share.</summary>
public sealed record PredictionHead(
    string PredictionId, DateTimeOffset At, string Model, int Version, string TrainingJob, string Color, string Replica, double Microseconds);
