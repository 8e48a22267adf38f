using Slipway.Registry.Channels;
using Slipway.Registry.Rollouts;

namespace Slipway.Gateway.Rollouts;

/// <summary>The first attempt of a request whose color was drawn while a rollout ran.</summary>
/// <param name="Rollout">As it was when the color was drawn.</param>
/// <param name="Share">The candidate's share at that time.</param>
/// <param name="Color">The color that was drawn.</param>
/// <param name="Microseconds">Until the response's headers; null if there were none, or the time is not the server's alone.</param>
/// <param name="Sticky">The draw of a caller that always gets the same one, which identifies it; null for others.</param>
/// <param name="Id">Where to find the request: null for a good attempt, which nobody looks for.</param>
public readonly record struct CountedAttempt(
    RolloutState Rollout, int Share, Color Color, AttemptOutcome Outcome, long? Microseconds, double? Sticky, AttemptId? Id)
{
    public bool IsOnCandidate => Color == Rollout.Candidate;
}

/// <param name="Id">The prediction id if the answer has one, otherwise the gateway's id of the request.</param>
/// <param name="IsLogged">Whether the id is in a log already, as prediction ids are.</param>
public sealed record AttemptId(string Id, bool IsLogged, string Replica);
