using System.Text.Json.Serialization;
using Slipway.Registry.Channels;

namespace Slipway.Registry.History;

/// <summary>
/// Who moved which pointer when and why. Each entry holds the hash of the one before, so that a changed or missing entry shows.
/// It is written before the pointer that names it; an entry that no pointer named is incomplete.
/// </summary>
/// <param name="From">The version before the move; null when the channel was new.</param>
/// <param name="By">The person or role that asked.</param>
/// <param name="BeforeSha256">SHA-256 of the stored bytes of entry <c>Number - 1</c>; null for the first.</param>
/// <param name="Blocked">SHA-256 of the ONNX files that the channels block from this entry on; null in entries older than this member.</param>
/// <param name="ManifestSha256">SHA-256 of the stored bytes of the manifest of <paramref name="To"/>; null in entries older than this member.</param>
public sealed record HistoryEntry(
    int Number,
    string Model,
    HistoryAction Action,
    IReadOnlyList<Color> Channels,
    int? From,
    int To,
    string By,
    string Reason,
    DateTimeOffset At,
    string? BeforeSha256,
    IReadOnlyList<string>? Blocked = null,
    string? ManifestSha256 = null);

[JsonConverter(typeof(TolerantEnumConverter<HistoryAction>))]
public enum HistoryAction
{
    /// <summary>A version passed its gates and became what the channels serve.</summary>
    [JsonStringEnumMemberName("publish")] Publish,

    /// <summary>A person or the gateway moved the channels back.</summary>
    [JsonStringEnumMemberName("rollback")] Rollback,

    /// <summary>A word of a later release.</summary>
    [JsonStringEnumMemberName("unknown")] Unknown,
}
