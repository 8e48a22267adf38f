using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Storage;
using Slipway.Registry.Traffic;

namespace Slipway.Build.Environments.Fleets;

/// <summary>Asks a gateway for traffic: writes <c>desired.json</c> by compare-and-swap.</summary>
public sealed class DesiredTrafficStore(IObjectStore store, string gateway, TimeProvider time)
{
    private readonly string _key = StoreKeys.DesiredTraffic(gateway);
    private readonly ChannelCatalogs _catalogs = new(store);

    public async Task<DesiredTraffic?> ReadAsync(CancellationToken cancellation) =>
        (await store.ReadAsync(_key, RegistryJson.Default.DesiredTraffic, cancellation))?.Value;

    /// <summary>The same, with when the store got it.</summary>
    public async Task<StoredTraffic?> LastAsync(CancellationToken cancellation)
    {
        if (await store.GetAsync(_key, cancellation: cancellation) is not { } found)
            return null;
        await using (found)
            return new(await StoreJson.DeserializeAsync(found, RegistryJson.Default.DesiredTraffic, cancellation), found.Info.LastModified);
    }

    public async Task<TrafficState?> StateAsync(CancellationToken cancellation) =>
        (await store.ReadAsync(StoreKeys.TrafficState(gateway), RegistryJson.Default.TrafficState, cancellation))?.Value;

    /// <summary>The color that traffic is on, or blue where there was none yet.</summary>
    public async Task<Color> LiveAsync(CancellationToken cancellation) => (await StateAsync(cancellation))?.Live ?? Color.Blue;

    /// <summary>Asks, unless exactly this has been asked for already.</summary>
    public async Task<AskedTraffic> AskAsync(
        Color color, TrafficAction action, string? release, string by, string reason, CancellationToken cancellation)
    {
        if (reason.Any(char.IsControl))
            throw new SlipwayException("A reason is one line without control characters.");
        while (true)
        {
            var last = await store.ReadAsync(_key, RegistryJson.Default.DesiredTraffic, cancellation);
            var state = await StateAsync(cancellation);
            // one that traffic has passed was put back from somewhere, and no gateway looks at it any more
            if (last is { Value: var asked } && asked.Color == color && asked.Release == release && asked.Revision >= (state?.Revision ?? 0))
                return new(asked, IsNew: false);

            // the gateway looks at what is beyond its own revision: it has that also where this record was removed
            var desired = new DesiredTraffic(
                Math.Max(last?.Value.Revision ?? 0, state?.Revision ?? 0) + 1, color, action, release, by, reason, time.GetUtcNow(),
                state?.Live, await HistoriesAsync(cancellation));
            var written = await store.WriteAsync(
                _key, desired, RegistryJson.Default.DesiredTraffic, PutCondition.Since(last?.ETag), cancellation);
            if (written is not null)
                return new(desired, IsNew: true);
        }
    }

    private async Task<IReadOnlyDictionary<string, int>> HistoriesAsync(CancellationToken cancellation)
    {
        var histories = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var color in Colors.All)
            foreach (var (model, channel) in (await _catalogs.BuildAsync(color, cancellation)).Models)
                histories[model] = Math.Max(channel.HistoryEntry, histories.GetValueOrDefault(model));
        return histories;
    }
}

/// <param name="StoredAt">By the store's clock.</param>
public sealed record StoredTraffic(DesiredTraffic Desired, DateTimeOffset StoredAt);

/// <param name="IsNew">False when it had been asked for before.</param>
public sealed record AskedTraffic(DesiredTraffic Desired, bool IsNew);
