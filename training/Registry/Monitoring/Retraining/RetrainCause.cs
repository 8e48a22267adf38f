namespace Slipway.Registry.Monitoring.Retraining;

/// <summary>Why a model is trained again.</summary>
/// <param name="Kind"><c>drift</c> or <c>accuracy</c>.</param>
/// <param name="Key">Identifies the finding, and so the cause: the key of a record in the store, with what was found in it.</param>
/// <param name="Sentence">What was found, with its figures, for people.</param>
/// <param name="Version">The version that it was found of.</param>
public sealed record RetrainCause(string Kind, string Key, string Sentence, int Version);
