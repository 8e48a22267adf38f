using System.Text.Json.Serialization;
using Slipway.Registry.Models;

namespace Slipway.Registry.Rollouts;

/// <summary>How a candidate takes over from stable, step by step: an optional member of the desired traffic.</summary>
/// <param name="Id">Identifies the rollout in the state, the observations and the record: <c>r</c> and the revision that requested it, such as <c>r12</c>.</param>
/// <param name="Model">The model whose version changes; null if a release does, which rolls all models' requests over.</param>
/// <param name="Version">That version, which the candidate color serves already; null for a release.</param>
/// <param name="Digest">What is being rolled out: the hash or image digest of the release, or the SHA-256 of the model's ONNX file.</param>
/// <param name="Steps">Rising shares of requests that the candidate gets, below the share of the bake.</param>
/// <param name="Hold">How long each step lasts at least.</param>
/// <param name="MinRequests">How many of its first attempts are counted before the candidate leaves a step.</param>
/// <param name="Bake">The last share, which still leaves stable enough requests to compare with; promotion follows it.</param>
/// <param name="Deadline">From the first step to the end of the bake; a rollout without a verdict by then is halted.</param>
/// <param name="Servers">How many healthy servers a color is meant to have; the candidate gets requests only with as many.</param>
/// <param name="Shadow">The percentage of stable's requests that are copied to the candidate, whose answers are compared and discarded.</param>
/// <param name="Probes">Whether golden sets decide a step for which too few requests arrive.</param>
/// <param name="Disagreement">What the gate measured between the two versions of the model; null for a release, whose answers have to be the same.</param>
public sealed record RolloutPlan(
    string Id,
    string? Model,
    int? Version,
    string Digest,
    IReadOnlyList<RolloutStep> Steps,
    TimeSpan Hold,
    long MinRequests,
    RolloutStep Bake,
    TimeSpan BakeTime,
    TimeSpan Deadline,
    RolloutBounds Bounds,
    int Servers = 1,
    int Shadow = 0,
    bool Probes = false,
    PredictedDisagreement? Disagreement = null);

/// <param name="Share">Percent of requests, 1 to 99, that the candidate gets.</param>
/// <param name="Approval">Whether a person has to approve before the rollout enters this step.</param>
public sealed record RolloutStep(int Share, bool Approval = false);

/// <summary>What verdicts compare with.</summary>
/// <param name="Tolerance">The ratio of the candidate's rate of bad answers to stable's that is still accepted: at least 1.</param>
/// <param name="PassRatio">The candidate passes when this ratio is ruled out.</param>
/// <param name="MaxBadRate">Alternatively, it passes when this rate of bad answers (0 to 1) is ruled out.</param>
/// <param name="FailAlpha">The probability of rolling back a candidate that is no worse.</param>
/// <param name="PassAlpha">The probability, for each of the two bounds, of passing a candidate that is worse than that one.</param>
/// <param name="SlowMilliseconds">Answers that take longer count as slow; null: twice stable's 99th percentile when the candidate has warmed up; see <see cref="SlowBound"/>.</param>
public sealed record RolloutBounds(
    double Tolerance = 1.0,
    double PassRatio = 2.0,
    double MaxBadRate = 0.01,
    double FailAlpha = 0.001,
    double PassAlpha = 0.05,
    double? SlowMilliseconds = null)
{
    /// <param name="slowMicroseconds">The bound of slow answers that is in use; null if none is known.</param>
    public RolloutBounds With(long? slowMicroseconds) => this with { SlowMilliseconds = slowMicroseconds / 1000.0 };
}

/// <summary>What is counted as a bad first attempt.</summary>
[JsonConverter(typeof(TolerantEnumConverter<RolloutCheck>))]
public enum RolloutCheck
{
    /// <summary>An answer of 5xx, a refusal, a broken connection or a timeout.</summary>
    [JsonStringEnumMemberName("errors")] Errors,

    /// <summary>The model returned a value that is not a finite number.</summary>
    [JsonStringEnumMemberName("not-finite")] NotFinite,

    /// <summary>An answer, or a caller's wait until it gave up, beyond the bound.</summary>
    [JsonStringEnumMemberName("slow")] Slow,

    /// <summary>Under shadow, the candidate predicts differently from stable, more often than the gate measured.</summary>
    [JsonStringEnumMemberName("disagreement")] Disagreement,

    /// <summary>A value from a later release.</summary>
    [JsonStringEnumMemberName("unknown")] Unknown,
}
