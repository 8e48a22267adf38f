using System.Globalization;
using Slipway.Registry.Rollouts;

namespace Slipway.Gateway.Rollouts;

/// <summary>Which observations in the store count. Pure.</summary>
public static class ObservationPolicy
{
    /// <summary>An observation has at most 101 shares, two histograms and twenty bad attempts; no gateway writes one that is longer.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>Of gateway processes in one rollout, dead ones included.</summary>
    public const int MaxProcesses = 256;

    // far beyond what a gateway can count, and far below what a sum can hold
    private const long MaxRequests = 1L << 50;

    /// <returns>Why an observation does not count; null if it does.</returns>
    /// <param name="rollout">The rollout that is running.</param>
    /// <param name="holder">Whose observation it must be, by its key.</param>
    /// <param name="before">What the same process had counted at the last look; null at the first.</param>
    public static string? Problem(RolloutObservation observation, string rollout, string holder, RolloutObservation? before) =>
        observation.Holder != holder ? $"it is that of another process, '{Cut(observation.Holder)}'"
        : observation.Rollout != rollout ? $"it belongs to rollout '{Cut(observation.Rollout)}' and not to {rollout}"
        : !IsPossible(observation) ? "its counts are impossible"
        : before is not null && before.Rollout == rollout && Total(observation) < Total(before) ? "it has fewer counts than before"
        : null;

    /// <summary>Whether a rollout began before another one: their ids contain the revision that requested them.</summary>
    public static bool IsEarlier(string rollout, string than) => Number(rollout) is { } one && Number(than) is { } other && one < other;

    private static bool IsPossible(RolloutObservation observation) =>
        // Plus and the sums below would fail on what JSON cannot rule out
        observation.Counts.Shares.All(share => share is { Share: >= 0 and <= 100, Candidate: not null, Stable: not null } && IsPossible(share.Candidate) && IsPossible(share.Stable))
        && observation.Counts.Shares.Select(share => share.Share).Distinct().Count() == observation.Counts.Shares.Count
        && IsPossible(observation.CandidateLatencies) && IsPossible(observation.StableLatencies)
        && observation.Bad.Count <= BadAttempts.Max && observation.Bad.All(attempt => attempt is not null)
        && observation.Shadow is { Compared: >= 0 and < MaxRequests, Disagreed: >= 0 and < MaxRequests, Failed: >= 0 and < MaxRequests, Dropped: >= 0 and < MaxRequests }
        && IsPossible(observation.Probes ?? ProbeCounts.None);

    private static bool IsPossible(ArmCounts arm) =>
        new[] { arm.Answered, arm.Slow, arm.Errors, arm.NotFinite, arm.Refused, arm.Failed, arm.TimedOut, arm.GaveUp }.All(count => count is >= 0 and < MaxRequests);

    private static bool IsPossible(ProbeCounts probes) =>
        probes is { CandidateSent: >= 0 and < MaxRequests, CandidateWrong: >= 0, StableSent: >= 0 and < MaxRequests, StableWrong: >= 0 }
        && probes.CandidateWrong <= probes.CandidateSent && probes.StableWrong <= probes.StableSent;

    private static bool IsPossible(LatencyCounts latencies) =>
        latencies.Buckets.All(bucket => bucket is { Key: >= 0 and < LatencyBuckets.Count, Value: >= 0 and < MaxRequests });

    private static long Total(RolloutObservation observation) => observation.Counts.CandidateRequests + observation.Counts.StableRequests;

    private static int? Number(string rollout) =>
        rollout.StartsWith('r') && int.TryParse(rollout.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Cut(string text) => text.Length <= 64 ? text : $"{text[..64]}...";
}
