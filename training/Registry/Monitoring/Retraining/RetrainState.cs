using System.Text.Json.Serialization;

namespace Slipway.Registry.Monitoring.Retraining;

/// <summary>How far the retraining of a model is. Handlers change it by compare-and-swap, so a cause starts one training however many of them find it.</summary>
/// <param name="Sentence">The phase for people, with what it waits for.</param>
/// <param name="Since">When this phase began.</param>
/// <param name="Cause">A cause that no training has answered yet.</param>
/// <param name="Kept">The newest dataset that nothing was trained on; null if there is none.</param>
/// <param name="Starts">The last trainings with a cause; the latest is last.</param>
public sealed record RetrainState(
    RetrainPhase Phase, string Sentence, DateTimeOffset Since, RetrainCause? Cause, KeptDataset? Kept, IReadOnlyList<RetrainStart> Starts);

/// <summary>A dataset that has arrived.</summary>
/// <param name="Version">The store's version of the key.</param>
/// <param name="Arrived">By the store's clock.</param>
public sealed record KeptDataset(string Key, string Version, DateTimeOffset Arrived);

/// <summary>A training that a cause has started.</summary>
/// <param name="Job">Null until it is known that the job has started: the next handler completes it.</param>
public sealed record RetrainStart(RetrainCause Cause, KeptDataset Dataset, DateTimeOffset At, string? Job = null);

[JsonConverter(typeof(TolerantEnumConverter<RetrainPhase>))]
public enum RetrainPhase
{
    /// <summary>Written by a later release.</summary>
    Unknown,

    /// <summary>Nothing asks for a training.</summary>
    WaitsForCause,

    /// <summary>There is a cause, and no dataset that the model was not trained on: the next one that arrives is trained on at once.</summary>
    WaitsForData,

    /// <summary>There are a cause and a dataset, but the last training was too recently.</summary>
    CoolsDown,

    /// <summary>A training with a cause has been started and has not ended.</summary>
    Trains,
}
