using Slipway.Registry.Storage;

namespace Slipway.Registry.Channels;

/// <summary>
/// Where the channels of a color are, all in one: <c>catalog/&lt;color&gt;.json</c>. Servers poll it in place of every pointer. The pointers stay the truth:
/// it says which of them to read.
/// </summary>
/// <param name="Models">By name.</param>
public sealed record ChannelCatalog(IReadOnlyDictionary<string, CatalogedChannel> Models)
{
    public static ChannelCatalog Empty { get; } = new(new Dictionary<string, CatalogedChannel>());

    public bool IsSame(ChannelCatalog other) => Models.Count == other.Models.Count
        && Models.All(model => other.Models.TryGetValue(model.Key, out var channel) && channel == model.Value);

    /// <param name="channel">Null where it has none any more.</param>
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

/// <param name="HistoryEntry">The history entry that put it there.</param>
/// <param name="ETag">Of the pointer.</param>
public sealed record CatalogedChannel(int Version, int HistoryEntry, string ETag)
{
    public static CatalogedChannel Of(Versioned<ChannelPointer> read) => new(read.Value.Version, read.Value.HistoryEntry, read.ETag);
}
