using System.Text.Json.Serialization;
using Slipway.Registry.Gates;

namespace Slipway.Registry.Lineages;

/// <summary>How a training job ended: <c>training-jobs/&lt;job-id&gt;/outcome.json</c>. A job without one is still at work, or died.</summary>
/// <param name="Version">The version it became; null unless it was registered.</param>
/// <param name="Gates">The verdict; null when the job never got that far.</param>
public sealed record TrainingOutcome(
    string TrainingJob, TrainingResult Result, string Reason, int? Version, GateReport? Gates, DateTimeOffset At);

/// <summary>The version that a training job became: <c>training-jobs/&lt;job-id&gt;/registered.json</c>, written once, after the manifest.</summary>
public sealed record RegisteredVersion(string Model, int Version);

[JsonConverter(typeof(TolerantEnumConverter<TrainingResult>))]
public enum TrainingResult
{
    /// <summary>It passed its gates and is a version.</summary>
    [JsonStringEnumMemberName("registered")] Registered,

    /// <summary>The gates said no. The same inputs would be refused again, so no attempt follows.</summary>
    [JsonStringEnumMemberName("refused")] Refused,

    /// <summary>The trainer gave up or its artifact is unusable; another attempt may follow.</summary>
    [JsonStringEnumMemberName("failed")] Failed,

    /// <summary>It was ended from outside, or what it was compared with has changed; another attempt may follow.</summary>
    [JsonStringEnumMemberName("stopped")] Stopped,

    /// <summary>A word of a later release.</summary>
    [JsonStringEnumMemberName("unknown")] Unknown,
}
