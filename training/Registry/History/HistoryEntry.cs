using System.Text.Json.Serialization;
using Slipway.Registry.Channels;

namespace Slipway.Registry.History;

/// <summary>
/// Who moved which channel, when and why. Each entry contains the hash of the previous one, so that a modified or missing entry shows.
/// It is written before the channel that refers to it; an entry that no channel referred to is incomplete.
/// </summary>
/// <param name="From">The version before the move; null if the channel was new.</param>
/// <param name="By">The person or role that requested it.</param>
/// <param name="BeforeSha256">SHA-256 of the stored bytes of entry <c>Number - 1</c>; null for the first.</param>
/// <param name="Blocked">SHA-256 of the ONNX files that the channels block from this entry on; null in entries that predate this member.</param>
/// <param name="ManifestSha256">SHA-256 of the stored bytes of the manifest of <paramref name="To"/>; null in entries that predate this member.</param>
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
    /// <summary>A version passed its gates and was published.</summary>
    [JsonStringEnumMemberName("publish")] Publish,

    /// <summary>A person or the gateway rolled the channels back.</summary>
    [JsonStringEnumMemberName("rollback")] Rollback,

    /// <summary>A value from a later release.</summary>
    [JsonStringEnumMemberName("unknown")] Unknown,
}
