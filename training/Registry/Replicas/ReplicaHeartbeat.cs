using System.Text.Json.Serialization;
using Slipway.Registry.Channels;

namespace Slipway.Registry.Replicas;

/// <summary>
/// What a server says of itself, again and again: <c>replicas/&lt;replica&gt;.json</c>. It is alive while the ETag keeps changing,
/// measured on the reader's own clock.
/// </summary>
/// <param name="Address">Base address such as <c>http://127.0.0.1:41001</c>.</param>
/// <param name="Release">Hash or image digest of what it runs.</param>
/// <param name="Beat">Grows with every heartbeat.</param>
/// <param name="Draining">It finishes what it has and takes nothing new.</param>
public sealed record ReplicaHeartbeat(
    string Replica,
    Color Color,
    string Address,
    string Release,
    long Beat,
    bool Ready,
    bool Draining,
    IReadOnlyList<ServedModel> Models,
    DateTimeOffset StartedAt);

/// <param name="Version">What answers now; null when nothing is loaded.</param>
/// <param name="Wanted">What the channel points to.</param>
/// <param name="Postponed">Why the wanted version could not be fetched at the last attempt; null while nothing is in the way.</param>
/// <param name="Quarantined">Versions that could not be served, with the reason.</param>
/// <param name="Doubt">Why no signature proves what answers; null where one does, or none is asked for, or the server is older than this member.</param>
public sealed record ServedModel(
    string Model,
    int? Version,
    string? OnnxSha256,
    int? Wanted,
    ServedModelState State,
    string? Postponed,
    IReadOnlyList<QuarantinedVersion> Quarantined,
    string? Doubt = null);

public sealed record QuarantinedVersion(int Version, string Sha256, string Reason, int Attempts);

[JsonConverter(typeof(TolerantEnumConverter<ServedModelState>))]
public enum ServedModelState
{
    /// <summary>Nothing is loaded yet.</summary>
    [JsonStringEnumMemberName("loading")] Loading,

    /// <summary>The wanted version answers.</summary>
    [JsonStringEnumMemberName("serving")] Serving,

    /// <summary>An older version answers while the wanted one is fetched and proven.</summary>
    [JsonStringEnumMemberName("swapping")] Swapping,

    /// <summary>An older version answers because the wanted one is quarantined.</summary>
    [JsonStringEnumMemberName("held-back")] HeldBack,

    /// <summary>Nothing answers: the wanted version is quarantined and there is no older one.</summary>
    [JsonStringEnumMemberName("failed")] Failed,

    /// <summary>A word of a later release.</summary>
    [JsonStringEnumMemberName("unknown")] Unknown,
}
