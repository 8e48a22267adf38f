using System.Text.Json.Serialization;
using Slipway.Registry.Costs;
using Slipway.Registry.Gates;

namespace Slipway.Registry.Lineages;

/// <summary>How a training job ended: <c>training-jobs/&lt;job-id&gt;/outcome.json</c>. A job without one is still running, or died.</summary>
/// <param name="Version">The version that was registered; null if there is none.</param>
/// <param name="Gates">The verdict; null if the job did not get that far.</param>
/// <param name="Cost">What the job used and costs; null if nobody measured it, as in records that predate this member.</param>
public sealed record TrainingOutcome(
    string TrainingJob, TrainingResult Result, string Reason, int? Version, GateReport? Gates, DateTimeOffset At, TrainingCost? Cost = null);

/// <summary>The version that a training job produced: <c>training-jobs/&lt;job-id&gt;/registered.json</c>, written once, after the manifest.</summary>
public sealed record RegisteredVersion(string Model, int Version);

[JsonConverter(typeof(TolerantEnumConverter<TrainingResult>))]
public enum TrainingResult
{
    /// <summary>It passed its gates and is a version.</summary>
    [JsonStringEnumMemberName("registered")] Registered,

    /// <summary>A gate failed. The same inputs would fail again, so there is no further attempt.</summary>
    [JsonStringEnumMemberName("refused")] Refused,

    /// <summary>The trainer failed or its artifact is unusable; another attempt may follow.</summary>
    [JsonStringEnumMemberName("failed")] Failed,

    /// <summary>It was stopped from outside, or what it was compared with has changed; another attempt may follow.</summary>
    [JsonStringEnumMemberName("stopped")] Stopped,

    /// <summary>A value from a later release.</summary>
    [JsonStringEnumMemberName("unknown")] Unknown,
}
