using Slipway.Inference.Generations;
using Slipway.Registry.Manifests;

namespace Slipway.Inference.Slots;

/// <summary>What a model slot does next. Pure: state and time in, decision or new state out.</summary>
public static class SwapPolicy
{
    // a slot remembers enough quarantines for an operator to see a pattern, but not all of them
    private const int QuarantinesKept = 16;

    public static SwapDecision Next(SlotState state, TimeSpan now)
    {
        if (state.Desired is not { } desired || state.Serving?.Version == desired)
            return SwapDecision.Stay;

        var notBefore = state.QuarantineOf(desired)?.RetryAt ?? TimeSpan.Zero;
        if (state.Postponed is { } postponed && postponed.RetryAt > notBefore)
            notBefore = postponed.RetryAt;
        if (now >= notBefore)
            return SwapDecision.Prove(desired);

        // A server that starts while the desired version is bad would have nothing to serve, whereas running servers still have the previous version.
        return state is { Serving: null, Fallback: { } fallback } && state.QuarantineOf(desired) is not null && !IsBackingOff(state, fallback, now)
            ? SwapDecision.Prove(fallback)
            : SwapDecision.Wait;
    }

    /// <summary>The channel was read. A new target is tried at once, whatever happened to the previous one.</summary>
    /// <param name="previous">The version that the channel pointed to before.</param>
    /// <param name="blocked">What the channel blocks.</param>
    public static SlotState Pointed(SlotState state, int version, int? previous = null, IReadOnlyList<string>? blocked = null)
    {
        if (!(state.Blocked ?? []).SequenceEqual(blocked ?? []))
            state = state with { Blocked = blocked };
        if (state.Desired == version)
            return state;
        // a person wants it all the same: nobody else publishes a version that is blocked
        var isChosen = state.LastPutBack?.Record is { } putBack && putBack.Version == version && blocked?.Contains(putBack.OnnxSha256) == true;
        return state with
        {
            Desired = version,
            Fallback = previous < version ? previous : null,
            Postponed = null,
            Quarantined = isChosen ? [.. state.Quarantined.Where(quarantine => quarantine.Sha256 != state.LastPutBack!.Sha256)] : state.Quarantined,
        };
    }

    /// <summary>
    /// Whether the version before may be put back while the next one bakes. Not a version that was rolled back: the next one was published to get rid of it. And not
    /// from a version that is blocked: only a person can publish that one, who knew.
    /// </summary>
    public static bool MayReturn(SlotState state, ModelManifest before, ModelManifest next) =>
        before.Version != next.Version
        && state.Blocked?.Contains(before.Artifact.OnnxSha256) != true
        && state.Blocked?.Contains(next.Artifact.OnnxSha256) != true;

    /// <summary>The version before serves again, and the other one is quarantined: longer each time.</summary>
    /// <param name="at">By the wall clock, for people.</param>
    public static SlotState PutBack(
        SlotState state, ModelManifest bad, ServedVersion before, string reason, TimeSpan now, DateTimeOffset at, BackOff backOff)
    {
        var attempts = state.LastPutBack?.Sha256 == bad.Artifact.Sha256 ? state.LastPutBack.Attempts + 1 : 1;
        return Hold(Proven(state, before), new(bad.Version, bad.Artifact.Sha256, $"It was put back: {reason}", attempts, now + backOff.After(attempts))) with
        {
            Generation = GenerationState.Serving,
            Warm = null,
            LastPutBack = new(new(bad.Version, bad.Artifact.OnnxSha256, before.Version, reason, at), bad.Artifact.Sha256, attempts),
        };
    }

    public static SlotState Proven(SlotState state, ServedVersion version) => state with
    {
        Serving = version,
        Postponed = null,
        Quarantined = [.. state.Quarantined.Where(quarantine => quarantine.Version != version.Version)],
    };

    public static SlotState Rejected(SlotState state, int version, string sha256, string reason, TimeSpan now, BackOff backOff)
    {
        var attempts = (state.QuarantineOf(version)?.Attempts ?? 0) + 1;
        return Hold(state, new(version, sha256, reason, attempts, now + backOff.After(attempts)));
    }

    /// <summary>The quarantine that currently applies to these bytes, under whatever number they came; null if they may be tried.</summary>
    public static Quarantine? ActiveQuarantine(SlotState state, string sha256, TimeSpan now) =>
        state.Quarantined.FirstOrDefault(quarantine => quarantine.Sha256 == sha256 && now < quarantine.RetryAt);

    /// <summary>Another number for quarantined bytes shares their quarantine, and their next attempt.</summary>
    public static SlotState Shared(SlotState state, int version, Quarantine held) =>
        Hold(state, held with { Version = version, Reason = $"Same bytes as version {held.Version}: {held.Reason}" });

    /// <param name="shortage">Memory was short, not the store at fault.</param>
    public static SlotState Delayed(SlotState state, string reason, TimeSpan now, BackOff backOff, bool shortage = false)
    {
        var attempts = (state.Postponed?.Attempts ?? 0) + 1;
        return state with { Postponed = new(reason, attempts, now + backOff.After(attempts), shortage) };
    }

    /// <summary>The serving version is not loaded, and could not be loaded again.</summary>
    public static SlotState Lost(SlotState state, int version) => state.Serving?.Version == version ? state with { Serving = null } : state;

    /// <summary>Something serves; or the desired version failed verification, and so did the previous one if there is one.</summary>
    public static bool IsSettled(SlotState state) => state switch
    {
        { Serving: not null } => true,
        { Desired: { } desired } when state.QuarantineOf(desired) is not null => state.Fallback is not { } fallback || state.QuarantineOf(fallback) is not null,
        _ => false,
    };

    private static bool IsBackingOff(SlotState state, int version, TimeSpan now) =>
        now < state.QuarantineOf(version)?.RetryAt || now < state.Postponed?.RetryAt;

    private static SlotState Hold(SlotState state, Quarantine quarantine) => state with
    {
        Postponed = null,
        Quarantined = [.. state.Quarantined.Where(other => other.Version != quarantine.Version).TakeLast(QuarantinesKept - 1), quarantine],
    };
}

/// <param name="Version">The version to fetch and verify; null for none.</param>
public readonly record struct SwapDecision(SwapStep Step, int? Version)
{
    public static SwapDecision Stay => new(SwapStep.Stay, null);
    public static SwapDecision Wait => new(SwapStep.Wait, null);
    public static SwapDecision Prove(int version) => new(SwapStep.Prove, version);
}

public enum SwapStep
{
    /// <summary>The serving version is the desired one.</summary>
    Stay,

    /// <summary>The desired version is quarantined until its next attempt.</summary>
    Wait,

    /// <summary>Fetch the desired version, verify it, and swap it in.</summary>
    Prove,
}
