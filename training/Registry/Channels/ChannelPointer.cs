namespace Slipway.Registry.Channels;

/// <summary>Which version of a model a color serves: <c>models/&lt;model&gt;/channels/&lt;color&gt;.json</c>, moved by compare-and-swap.</summary>
/// <param name="Previous">The previous version; null at first.</param>
/// <param name="Blocked">SHA-256 of ONNX files that were rolled back: automation never promotes them again.</param>
/// <param name="HistoryEntry">The history entry that was written for this move.</param>
/// <param name="HistorySha256">SHA-256 of that entry's stored bytes, because the last entry has no successor that would reveal a modification. Null only in pointers written by hand.</param>
public sealed record ChannelPointer(int Version, int? Previous, IReadOnlyList<string> Blocked, int HistoryEntry, string? HistorySha256 = null);
