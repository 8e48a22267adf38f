using System.Text.Json.Serialization;
using Slipway.Registry;

namespace Slipway.Build;

/// <summary>
/// Only one command at a time changes an environment, wherever it runs: <c>locks/&lt;gateway&gt;.json</c>, taken by compare-and-swap and renewed
/// while it is held. One that has not been renewed for a while, on the reader's own clock, was left by a command that died.
/// </summary>
public sealed class StoreLock : IAsyncDisposable
{
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>How long a lock must have stood still to be taken over.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(35);

    private readonly IObjectStore _store;
    private readonly string _key;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _released = new();
    private readonly Task _renewing;
    private LockRecord _held;
    private string? _etag;

    private StoreLock(IObjectStore store, string key, LockRecord held, string etag, TimeProvider time)
    {
        (_store, _key, _held, _etag, _time) = (store, key, held, etag, time);
        _renewing = RenewAsync();
    }

    /// <param name="waiting">Hears once that another command seems to hold it.</param>
    /// <exception cref="SlipwayException">Another command holds it; the message says which.</exception>
    public static async Task<StoreLock> TakeAsync(
        IObjectStore store, string gateway, LockRecord wanted, Action<string> waiting, TimeProvider time, CancellationToken cancellation)
    {
        var key = StoreKeys.Lock(gateway);
        var started = time.GetTimestamp();
        Versioned<LockRecord>? first = null;
        while (true)
        {
            var found = await store.ReadAsync(key, LockJson.Default.LockRecord, cancellation);
            if (found is null or { Value.Holder: null } || (first?.ETag == found.ETag && time.GetElapsedTime(started) >= Patience))
            {
                if (await store.WriteAsync(key, wanted, LockJson.Default.LockRecord, PutCondition.Since(found?.ETag), cancellation) is { } etag)
                    return new(store, key, wanted, etag, time);
                continue;
            }

            if (first is not null && found.ETag != first.ETag)
                throw new SlipwayException($"Another command is changing this environment: {found.Value}. Nothing was changed; wait until it has ended and run this again.");
            if (first is null)
                waiting($"{found.Value} holds this environment; looking for {Patience.TotalSeconds:0} s whether it is still alive");
            first ??= found;
            await Task.Delay(Pause, time, cancellation);
        }
    }

    private async Task RenewAsync()
    {
        try
        {
            while (_etag is not null)
            {
                await Task.Delay(Renewal, _time, _released.Token);
                await RenewOnceAsync();
            }
        }
        catch (OperationCanceledException) when (_released.IsCancellationRequested)
        {
            // given back
        }
    }

    private async Task RenewOnceAsync()
    {
        try
        {
            var next = _held with { Renewal = _held.Renewal + 1 };
            _etag = await _store.WriteAsync(_key, next, LockJson.Default.LockRecord, PutCondition.Unchanged(_etag!), _released.Token);
            _held = next;
        }
        catch (SlipwayException)
        {
            // The store is away: tried again at the next renewal, two of which fit into the patience of others. Whoever stays away for longer
            // loses the lock; every change of traffic is a compare-and-swap of its own.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _released.CancelAsync();
        await _renewing;
        _released.Dispose();
        if (_etag is null)
            return;
        try
        {
            // a renewal that was cut off may have been written, or the lock been taken over: then it is not ours to give back
            await _store.WriteAsync(_key, _held with { Holder = null }, LockJson.Default.LockRecord, PutCondition.Unchanged(_etag), CancellationToken.None);
        }
        catch (SlipwayException)
        {
            // it is taken over soon enough
        }
    }
}

/// <param name="Holder">The target that holds it; null when nobody does.</param>
/// <param name="Renewal">Grows while it is held.</param>
public sealed record LockRecord(string? Holder, string By, string Machine, DateTimeOffset Since, long Renewal)
{
    public override string ToString() => $"{Holder} by {By} on {Machine}, since {Since:u}";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LockRecord))]
public sealed partial class LockJson : JsonSerializerContext;
