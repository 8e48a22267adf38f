using System.Text.Json.Serialization;
using Slipway.Registry.Channels;

namespace Slipway.Registry.Replicas;

/// <summary>
/// The status that a server writes periodically: <c>replicas/&lt;replica&gt;.json</c>. The server is alive while the ETag keeps changing,
/// by the reader's own clock.
/// </summary>
/// <param name="Address">Base address such as <c>http://127.0.0.1:41001</c>.</param>
/// <param name="Release">Hash or image digest of what it runs.</param>
/// <param name="Beat">Increases with every heartbeat.</param>
/// <param name="Draining">It finishes its requests and should get no new ones.</param>
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

/// <param name="Version">The serving version; null if none can be served yet.</param>
/// <param name="Desired">The version that the channel points to.</param>
/// <param name="Postponed">Why the desired version could not be fetched at the last attempt; null if nothing is in the way.</param>
/// <param name="Quarantined">Versions that cannot be served, with the reason.</param>
/// <param name="SignatureWarning">Why no signature vouches for the serving version; null if one does, or none is required, or the server predates this member.</param>
/// <param name="Resident">Whether the serving version is loaded; if not, the next request loads it. Null from servers that predate this member.</param>
/// <param name="Generation">What the serving version does: <c>baking</c> while the version before is kept to be put back, <c>serving</c> after that. Null if nothing is loaded, or the server predates this member.</param>
/// <param name="PutBack">The version that this server put back last; null if it has put none back since it started, or predates this member.</param>
/// <param name="Evaluator"><see cref="ByCompiledModel"/> or <see cref="ByOnnxRuntime"/>, whichever makes the predictions. Null if nothing is loaded, or the server predates this member.</param>
public sealed record ServedModel(
    string Model,
    int? Version,
    string? OnnxSha256,
    [property: JsonPropertyName("wanted")] int? Desired,
    ServedModelState State,
    string? Postponed,
    IReadOnlyList<QuarantinedVersion> Quarantined,
    [property: JsonPropertyName("doubt")] string? SignatureWarning = null,
    bool? Resident = null,
    string? Generation = null,
    PutBackVersion? PutBack = null,
    string? Evaluator = null)
{
    public const string ByCompiledModel = "compiled";
    public const string ByOnnxRuntime = "onnx-runtime";
}

/// <summary>A version that a server had swapped in and took back by itself, because it did worse than the one before.</summary>
/// <param name="OnnxSha256">Hash of its ONNX file.</param>
/// <param name="To">The version that has served since.</param>
/// <param name="Reason">One sentence.</param>
public sealed record PutBackVersion(int Version, string OnnxSha256, int To, string Reason, DateTimeOffset At);

public sealed record QuarantinedVersion(int Version, string Sha256, string Reason, int Attempts);

[JsonConverter(typeof(TolerantEnumConverter<ServedModelState>))]
public enum ServedModelState
{
    /// <summary>Nothing is loaded yet.</summary>
    [JsonStringEnumMemberName("loading")] Loading,

    /// <summary>The desired version is serving.</summary>
    [JsonStringEnumMemberName("serving")] Serving,

    /// <summary>An older version is serving while the desired one is fetched and verified.</summary>
    [JsonStringEnumMemberName("swapping")] Swapping,

    /// <summary>An older version is serving because the desired one is quarantined.</summary>
    [JsonStringEnumMemberName("held-back")] Quarantined,

    /// <summary>Nothing is serving: the desired version is quarantined and there is no older one.</summary>
    [JsonStringEnumMemberName("failed")] Failed,

    /// <summary>The desired version serves, but is not loaded: the next request loads it.</summary>
    [JsonStringEnumMemberName("available")] Available,

    /// <summary>A value from a later release.</summary>
    [JsonStringEnumMemberName("unknown")] Unknown,
}
