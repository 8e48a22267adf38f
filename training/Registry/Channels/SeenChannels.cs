using Slipway.Registry.History;

namespace Slipway.Registry.Channels;

/// <summary>A model's channels with the last entry of its history. An entry comes first and the channels follow, so the entry is what counts.</summary>
/// <param name="Last">Null while there is no history.</param>
/// <param name="Pointers">The channels that exist.</param>
public sealed record SeenChannels(HistoryHead Head, HistoryEntry? Last, IReadOnlyDictionary<Color, ChannelPointer> Pointers)
{
    /// <summary>The version that the last move is to, whether or not every channel has followed; null before the first.</summary>
    public int? Champion => Last?.To ?? Pointers.Values.MaxBy(pointer => pointer.HistoryEntry)?.Version;

    /// <summary>Whether some channel has still to follow the last entry: its mover is at work, or died.</summary>
    public bool IsUnderWay => Last is not null && IsUnderWayOn(Last.Channels);

    /// <summary>The same of some channels alone.</summary>
    public bool IsUnderWayOn(IReadOnlyList<Color> channels) =>
        Last is not null && Last.Channels.Intersect(channels).Any(color => !(Pointers.GetValueOrDefault(color)?.HistoryEntry >= Last.Number));

    /// <summary>Whether automation must not publish a model file: a channel blocks it, or will when the last move is finished.</summary>
    public bool Blocks(string onnxSha256) =>
        Pointers.Values.Any(pointer => pointer.Blocked.Contains(onnxSha256)) || Last?.Blocked?.Contains(onnxSha256) == true;
}
