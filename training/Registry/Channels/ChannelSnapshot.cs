using Slipway.Registry.History;

namespace Slipway.Registry.Channels;

/// <summary>A model's channels with the last entry of its history. An entry is written before the channels follow, so the entry is authoritative.</summary>
/// <param name="Last">Null if there is no history.</param>
/// <param name="Pointers">The channels that exist.</param>
public sealed record ChannelSnapshot(HistoryHead Head, HistoryEntry? Last, IReadOnlyDictionary<Color, ChannelPointer> Pointers)
{
    /// <summary>The version of the last move, whether or not every channel has followed; null before the first.</summary>
    public int? Champion => Last?.To ?? Pointers.Values.MaxBy(pointer => pointer.HistoryEntry)?.Version;

    /// <summary>Whether a channel has not followed the last entry yet: the process that moves it is still running, or crashed.</summary>
    public bool IsUnderWay => Last is not null && IsUnderWayOn(Last.Channels);

    /// <summary>The same for some of the channels.</summary>
    public bool IsUnderWayOn(IReadOnlyList<Color> channels) =>
        Last is not null && Last.Channels.Intersect(channels).Any(color => !(Pointers.GetValueOrDefault(color)?.HistoryEntry >= Last.Number));

    /// <summary>Whether automation must not publish a model file: a channel blocks it, or will when the last move is complete.</summary>
    public bool Blocks(string onnxSha256) =>
        Pointers.Values.Any(pointer => pointer.Blocked.Contains(onnxSha256)) || Last?.Blocked?.Contains(onnxSha256) == true;
}
