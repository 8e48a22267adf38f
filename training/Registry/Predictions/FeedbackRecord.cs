using System.Text.Json;

namespace Slipway.Registry.Predictions;

/// <summary>What became of a prediction: one line of <c>feedback.&lt;replica&gt;-....jsonl.gz</c> in the folder of the prediction's hour. Of several for one prediction the last by time counts.</summary>
/// <param name="Version">The version that predicted.</param>
/// <param name="Replica">Which server took the feedback.</param>
/// <param name="Label">The true label, as the client sent it: a string, a number, a boolean, or an array of these for several rows.</param>
public sealed record FeedbackRecord(string PredictionId, string Model, int Version, string Replica, DateTimeOffset At, JsonElement Label);
