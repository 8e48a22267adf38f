using Slipway.Registry.Storage;

namespace Slipway.Registry.Channels;

/// <summary>
/// All channels of a color in one object: <c>catalog/&lt;color&gt;.json</c>. Servers poll it instead of every channel. The channels remain authoritative:
/// it shows which of them to read.
/// </summary>
/// <param name="Models">By name.</param>
public sealed record ChannelCatalog(IReadOnlyDictionary<string, CatalogedChannel> Models)
{
    public static ChannelCatalog Empty { get; } = new(new Dictionary<string, CatalogedChannel>());

    public bool IsSame(ChannelCatalog other) => Models.Count == other.Models.Count
        && Models.All(model => other.Models.TryGetValue(model.Key, out var channel) && channel == model.Value);

    /// <param name="channel">Null if it no longer has one.</param>
    public ChannelCatalog With(string model, CatalogedChannel? channel)
    {
        var models = new SortedDictionary<string, CatalogedChannel>(Models.ToDictionary(), StringComparer.Ordinal);
        if (channel is null)
            models.Remove(model);
        else
            models[model] = channel;
        return new(models);
    }
}

/// <param name="HistoryEntry">The history entry of its last move.</param>
/// <param name="ETag">The ETag of the channel.</param>
public sealed record CatalogedChannel(int Version, int HistoryEntry, string ETag)
{
    public static CatalogedChannel Of(Versioned<ChannelPointer> read) => new(read.Value.Version, read.Value.HistoryEntry, read.ETag);
}
