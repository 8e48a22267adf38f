using System.Text.Json.Serialization;
using Slipway.Registry.Channels;

namespace Slipway.Registry.Rollouts;

/// <summary>How far a rollout is: an optional member of the traffic's state, committed together with the phase.</summary>
/// <param name="Candidate">The color that takes over; the other one is stable.</param>
/// <param name="Step">The index in the plan's steps; -1 while preparing, and the number of steps in the bake.</param>
/// <param name="Share">The percentage of requests that the candidate gets now. For a release, the split says the same.</param>
/// <param name="Elapsed">Since the first step began, by the clocks of the gateways that held the lease.</param>
/// <param name="StepElapsed">The same, since this step began.</param>
/// <param name="StepRequests">How many first attempts on the candidate had been counted when this step began.</param>
/// <param name="SlowMicroseconds">The bound beyond which an answer is slow, frozen when it was known; null before.</param>
/// <param name="Verdict">The last verdict; null before the first.</param>
/// <param name="SlowFrom">How many first attempts on the candidate had been counted when that bound became known, none of which could count as slow.</param>
/// <param name="Release">What the candidate's servers must run; null for any, and in records that predate this member.</param>
public sealed record RolloutState(
    RolloutPlan Plan,
    Color Candidate,
    int Step,
    int Share,
    TimeSpan Elapsed,
    TimeSpan StepElapsed,
    long StepRequests,
    long? SlowMicroseconds,
    RolloutVerdict? Verdict,
    long SlowFrom = 0,
    string? Release = null)
{
    [JsonIgnore]
    public Color Stable => Candidate.Other();

    /// <summary>The plan's bounds, with the bound of slow answers that is in use.</summary>
    [JsonIgnore]
    public RolloutBounds BoundsInUse => Plan.Bounds.With(SlowMicroseconds);
}
