using System.Text.Json;
using Slipway.Inference.Replicas;
using Slipway.PredictionLogs.Writing;
using Slipway.Registry.Predictions;

namespace Slipway.Inference.PredictionLogs;

/// <summary>The true label of a prediction, stored under the hour of the prediction.</summary>
/// <param name="Label">As JSON.</param>
public sealed record LoggedFeedback(string PredictionId, PredictionId Id, ReadOnlyMemory<byte> Label, DateTimeOffset At)
    : LogEntry(PredictionId, Id.Model, Id.Version, Id.Hour)
{
    private const int FixedBytes = 1024; // the record itself, its id, and its place in the log

    public override long Bytes => FixedBytes + Label.Length;
    public override LogKind Kind => LogKind.Feedback;
    public override ulong Count => PredictionSequence.CountOf(Id.Sequence);

    public override void Write(LogRows rows, ReplicaIdentity replica, PersonalValues personal)
    {
        using var label = JsonDocument.Parse(Label);
        ((FeedbackRows)rows).Add(new(PredictionId, Id.Model, Id.Version, replica.Replica, At, label.RootElement), Id.Rows);
    }
}
