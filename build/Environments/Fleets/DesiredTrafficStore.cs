using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Storage;
using Slipway.Registry.Traffic;

namespace Slipway.Build.Environments.Fleets;

/// <summary>Requests traffic from a gateway: writes <c>desired.json</c> by compare-and-swap.</summary>
public sealed class DesiredTrafficStore(IObjectStore store, string gateway, TimeProvider time)
{
    private readonly string _key = StoreKeys.DesiredTraffic(gateway);
    private readonly ChannelCatalogs _catalogs = new(store);

    public async Task<DesiredTraffic?> ReadAsync(CancellationToken cancellation) =>
        (await store.ReadAsync(_key, RegistryJson.Default.DesiredTraffic, cancellation))?.Value;

    /// <summary>The same, with the time at which the store received it.</summary>
    public async Task<StoredTraffic?> LastAsync(CancellationToken cancellation)
    {
        if (await store.GetAsync(_key, cancellation: cancellation) is not { } found)
            return null;
        await using (found)
            return new(await StoreJson.DeserializeAsync(found, RegistryJson.Default.DesiredTraffic, cancellation), found.Info.LastModified);
    }

    public async Task<TrafficState?> StateAsync(CancellationToken cancellation) =>
        (await store.ReadAsync(StoreKeys.TrafficState(gateway), RegistryJson.Default.TrafficState, cancellation))?.Value;

    /// <summary>The color that traffic is on, or blue if there is no traffic yet.</summary>
    public async Task<Color> LiveAsync(CancellationToken cancellation) => (await StateAsync(cancellation))?.Live ?? Color.Blue;

    /// <summary>Requests traffic, unless exactly this has already been requested.</summary>
    public async Task<RequestedTraffic> RequestAsync(
        Color color, TrafficAction action, string? release, string by, string reason, CancellationToken cancellation)
    {
        if (reason.Any(char.IsControl))
            throw new SlipwayException("A reason must be one line without control characters.");
        while (true)
        {
            var last = await store.ReadAsync(_key, RegistryJson.Default.DesiredTraffic, cancellation);
            var state = await StateAsync(cancellation);
            // a record that traffic has moved past was restored from somewhere, and no gateway reads it any more
            if (last is { Value: var asked } && asked.Color == color && asked.Release == release && asked.Revision >= (state?.Revision ?? 0))
                return new(asked, IsNew: false);

            // the gateway only reads revisions beyond its own; it knows its own even if this record was deleted
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

/// <param name="IsNew">False if it had been requested before.</param>
public sealed record RequestedTraffic(DesiredTraffic Desired, bool IsNew);
