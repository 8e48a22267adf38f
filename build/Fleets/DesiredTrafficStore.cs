using Slipway.Registry;

namespace Slipway.Build;

/// <summary>Asks a gateway for traffic: writes <c>desired.json</c> by compare-and-swap.</summary>
public sealed class DesiredTrafficStore(IObjectStore store, string gateway, TimeProvider time)
{
    private readonly string _key = StoreKeys.DesiredTraffic(gateway);

    public async Task<DesiredTraffic?> ReadAsync(CancellationToken cancellation) =>
        (await store.ReadAsync(_key, RegistryJson.Default.DesiredTraffic, cancellation))?.Value;

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
            if (last is { Value: var asked } && asked.Color == color && asked.Release == release)
                return new(asked, IsNew: false);

            var desired = new DesiredTraffic((last?.Value.Revision ?? 0) + 1, color, action, release, by, reason, time.GetUtcNow());
            var written = await store.WriteAsync(
                _key, desired, RegistryJson.Default.DesiredTraffic, PutCondition.Since(last?.ETag), cancellation);
            if (written is not null)
                return new(desired, IsNew: true);
        }
    }
}

/// <param name="IsNew">False when it had been asked for before.</param>
public sealed record AskedTraffic(DesiredTraffic Desired, bool IsNew);
