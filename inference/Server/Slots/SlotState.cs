using System.Globalization;
using Slipway.Inference.Generations;
using Slipway.Registry.Manifests;
using Slipway.Registry.Replicas;

namespace Slipway.Inference.Slots;

/// <summary>The state of one model on this server. Times are on the server's own monotonic clock.</summary>
/// <param name="Serving">The serving version; null if none can be served yet. A server that loads models at their first request also has versions here that are not loaded.</param>
/// <param name="Desired">The version that the channel points to; null before the channel was first read.</param>
/// <param name="Fallback">The version that the channel pointed to before, for a server that has nothing yet; null if that was newer, because then it was rolled back.</param>
/// <param name="Postponed">The store could not deliver the desired version; null if it can.</param>
/// <param name="Generation">Where the serving generation is in its life; null if nothing is loaded.</param>
/// <param name="Warm">The version that is put back if the serving one does badly; null unless that one bakes.</param>
/// <param name="LastPutBack">The version that was put back last; null if none was.</param>
/// <param name="Blocked">SHA-256 of the ONNX files that the channel blocks; null before it was first read.</param>
public sealed record SlotState(
    string Model,
    ServedVersion? Serving,
    int? Desired,
    int? Fallback,
    IReadOnlyList<Quarantine> Quarantined,
    Postponement? Postponed,
    GenerationState? Generation = null,
    ServedVersion? Warm = null,
    PutBack? LastPutBack = null,
    IReadOnlyList<string>? Blocked = null)
{
    public static SlotState Empty(string model) => new(model, null, null, null, [], null);

    public Quarantine? QuarantineOf(int version) => Quarantined.FirstOrDefault(quarantine => quarantine.Version == version);

    public ServedModelState Phase
    {
        get
        {
            var quarantined = Desired is { } desired && QuarantineOf(desired) is not null;
            if (Serving is null)
                return quarantined ? ServedModelState.Failed : ServedModelState.Loading;
            if (Desired is null || Desired == Serving.Version)
                return ServedModelState.Serving;
            return quarantined ? ServedModelState.Quarantined : ServedModelState.Swapping;
        }
    }

    public ServedModel ToServedModel() => new(
        Model,
        Serving?.Version,
        Serving?.OnnxSha256,
        Desired,
        Phase,
        Postponed?.Reason,
        [.. Quarantined.Select(quarantine => new QuarantinedVersion(quarantine.Version, quarantine.Sha256, quarantine.Reason, quarantine.Attempts))],
        Serving?.SignatureWarning,
        Resident: null,
        Generation?.ToString().ToLowerInvariant(),
        LastPutBack?.Record);

    public override string ToString() =>
        $"{Model} {Phase} serving={Word(Serving?.Version)} wanted={Word(Desired)}";

    private static string Word(int? version) => version?.ToString(CultureInfo.InvariantCulture) ?? "none";
}

/// <param name="SignatureWarning">Why its signature does not vouch for it; null if it does, or was not checked.</param>
public sealed record ServedVersion(int Version, string OnnxSha256, string? SignatureWarning = null)
{
    public static ServedVersion Of(ModelManifest manifest, string? signatureWarning) => new(manifest.Version, manifest.Artifact.OnnxSha256, signatureWarning);
}

/// <summary>A version that was fetched or loaded and failed verification.</summary>
/// <param name="Sha256">Hash of the archive: the same bytes under another number are quarantined too. Empty if the manifest itself failed verification.</param>
/// <param name="RetryAt">When it may be retried.</param>
public sealed record Quarantine(int Version, string Sha256, string Reason, int Attempts, TimeSpan RetryAt);

/// <param name="Sha256">Hash of the archive.</param>
/// <param name="Attempts">How often these bytes have been put back in a row.</param>
public sealed record PutBack(PutBackVersion Record, string Sha256, int Attempts);

/// <summary>The store was unavailable, slow or incomplete, or memory was short: not the version's fault, and retried forever.</summary>
/// <param name="IsShortage">Memory was short.</param>
public sealed record Postponement(string Reason, int Attempts, TimeSpan RetryAt, bool IsShortage = false);

/// <summary>Exponential backoff: doubled with every attempt, up to a limit.</summary>
public sealed record BackOff(TimeSpan First, TimeSpan Max)
{
    public TimeSpan After(int attempts)
    {
        // beyond 2^30, the product would overflow long after the limit has been reached
        var factor = 1L << Math.Clamp(attempts - 1, 0, 30);
        return First.Ticks > Max.Ticks / factor ? Max : First * factor;
    }
}
