using System.Globalization;
using Slipway.Registry.Replicas;

namespace Slipway.Inference.Slots;

/// <summary>What is known of one model on this server. Times are on the server's own monotonic clock.</summary>
/// <param name="Serving">What answers; null when nothing is loaded.</param>
/// <param name="Wanted">What the channel points to; null before the first pointer was read.</param>
/// <param name="Fallback">What the channel pointed to before, for a server that has nothing yet; null where that was newer, for then it was rolled back.</param>
/// <param name="Postponed">The store could not give what was wanted; null while it does.</param>
public sealed record SlotState(
    string Model,
    ServedVersion? Serving,
    int? Wanted,
    int? Fallback,
    IReadOnlyList<Quarantine> Quarantined,
    Postponement? Postponed)
{
    public static SlotState Empty(string model) => new(model, null, null, null, [], null);

    public Quarantine? QuarantineOf(int version) => Quarantined.FirstOrDefault(quarantine => quarantine.Version == version);

    public ServedModelState Phase
    {
        get
        {
            var heldBack = Wanted is { } wanted && QuarantineOf(wanted) is not null;
            if (Serving is null)
                return heldBack ? ServedModelState.Failed : ServedModelState.Loading;
            if (Wanted is null || Wanted == Serving.Version)
                return ServedModelState.Serving;
            return heldBack ? ServedModelState.HeldBack : ServedModelState.Swapping;
        }
    }

    public ServedModel ToServedModel() => new(
        Model,
        Serving?.Version,
        Serving?.OnnxSha256,
        Wanted,
        Phase,
        Postponed?.Reason,
        [.. Quarantined.Select(quarantine => new QuarantinedVersion(quarantine.Version, quarantine.Sha256, quarantine.Reason, quarantine.Attempts))],
        Serving?.Doubt);

    public override string ToString() =>
        $"{Model} {Phase} serving={Word(Serving?.Version)} wanted={Word(Wanted)}";

    private static string Word(int? version) => version?.ToString(CultureInfo.InvariantCulture) ?? "none";
}

/// <param name="Doubt">Why its signature does not prove it; null where it does, or was not looked at.</param>
public sealed record ServedVersion(int Version, string OnnxSha256, string? Doubt = null);

/// <summary>A version that was fetched or tried and found wanting.</summary>
/// <param name="Sha256">Of the archive: the same bytes under another number are held back as well. Empty where the manifest itself was found wanting.</param>
/// <param name="RetryAt">When it may be tried again.</param>
public sealed record Quarantine(int Version, string Sha256, string Reason, int Attempts, TimeSpan RetryAt);

/// <summary>The store was away, slow or not complete: nobody's fault but its own, and tried again for ever.</summary>
public sealed record Postponement(string Reason, int Attempts, TimeSpan RetryAt);

/// <summary>How waits grow: doubled with every attempt, up to a bound.</summary>
public sealed record BackOff(TimeSpan First, TimeSpan Longest)
{
    public TimeSpan After(int attempts)
    {
        // beyond 2^30 the product overflows long before the bound stops mattering
        var factor = 1L << Math.Clamp(attempts - 1, 0, 30);
        return First.Ticks > Longest.Ticks / factor ? Longest : First * factor;
    }
}
