using Slipway.Gateway.Options;
using Slipway.Registry;
using Slipway.Registry.Storage;
using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Traffic;

/// <param name="Problem">Why the requested traffic could not be read; <paramref name="Desired"/> is then the previous request.</param>
public sealed record TrafficSnapshot(TrafficState? State, DesiredTraffic? Desired, LeaseStatus Standing, string? Problem);

/// <summary>
/// This gateway's traffic records in the store, read only when they have changed, and written by compare-and-swap. Remembers when
/// the state last changed. Not safe for concurrent use: one loop owns it.
/// </summary>
public sealed class TrafficRecords(IObjectStore store, GatewayOptions options, TimeProvider time)
{
    private readonly string _stateKey = StoreKeys.TrafficState(options.Gateway);
    private readonly string _desiredKey = StoreKeys.DesiredTraffic(options.Gateway);
    private Versioned<TrafficState>? _state;
    private Versioned<DesiredTraffic>? _desired;
    private long _changedAt = time.GetTimestamp();

    /// <summary>Identifies this process among all gateways.</summary>
    public string Holder { get; } = $"{options.Gateway}-{Guid.NewGuid():N}"[..Math.Min(options.Gateway.Length + 13, 63)];

    public TimeSpan PollInterval => options.PollInterval;

    /// <summary>How long the state has not changed, by this gateway's own clock.</summary>
    public TimeSpan Unchanged => time.GetElapsedTime(_changedAt);

    /// <summary>How long one read may take; a store that hangs must not block the lease's loop.</summary>
    public TimeSpan Timeout => options.LeaseTimeout / 2;

    /// <summary>The same for releasing the lease: the process is about to exit, and another gateway waits no longer than the lease's timeout.</summary>
    public TimeSpan ReleaseTimeout => options.LeaseTimeout / 4;

    public async Task<TrafficSnapshot> ReadAsync(CancellationToken cancellation)
    {
        var state = await ChangedAsync(_stateKey, _state, RegistryJson.Default.TrafficState, cancellation);
        if (state?.ETag != _state?.ETag)
            _changedAt = time.GetTimestamp();
        _state = state;
        var problem = await ReadDesiredAsync(cancellation);
        return new(_state?.Value, _desired?.Value, Standing(), problem);
    }

    /// <summary>An unreadable request must not keep the gateway from its state and its lease.</summary>
    private async Task<string?> ReadDesiredAsync(CancellationToken cancellation)
    {
        try
        {
            _desired = await ChangedAsync(_desiredKey, _desired, RegistryJson.Default.DesiredTraffic, cancellation);
            return null;
        }
        catch (SlipwayException e)
        {
            return e.Message;
        }
    }

    /// <summary>Returns false if the state is no longer the one that was read.</summary>
    public async Task<bool> WriteAsync(TrafficState state, CancellationToken cancellation)
    {
        var etag = await store.WriteAsync(_stateKey, state, RegistryJson.Default.TrafficState, PutCondition.Since(_state?.ETag), cancellation);
        if (etag is null)
            return false;
        _state = new(state, etag);
        _changedAt = time.GetTimestamp();
        return true;
    }

    private LeaseStatus Standing() =>
        _state is null ? LeaseStatus.Free
        : LeasePolicy.Evaluate(_state.Value.Lease, Holder, Unchanged, options.LeaseTimeout);

    private async Task<Versioned<T>?> ChangedAsync<T>(
        string key, Versioned<T>? before, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : class
    {
        var read = await store.GetIfChangedAsync(key, before?.ETag, cancellation);
        if (read.Unchanged)
            return before;
        if (read.Found is null)
            return null;
        await using (read.Found)
            return new(await StoreJson.DeserializeAsync(read.Found, type, cancellation), read.Found.Info.ETag);
    }
}
