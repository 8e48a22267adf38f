using System.Text.Json;

namespace Slipway.Registry.Predictions;

/// <summary>The true label of a prediction: one line of <c>feedback.&lt;replica&gt;-....jsonl.gz</c> in the folder of the prediction's hour. If there are several for one prediction, the last one counts.</summary>
/// <param name="Version">The version that made the prediction.</param>
/// <param name="Replica">The server that received the feedback.</param>
/// <param name="Label">The true label, as the client sent it: a string, a number, a boolean, or an array of these for several rows.</param>
/// <param name="Row">The row that the label is for, or the first of several, from 0; null if a single label is for all rows of the prediction.</param>
public sealed record FeedbackRecord(string PredictionId, string Model, int Version, string Replica, DateTimeOffset At, JsonElement Label, int? Row = null);
