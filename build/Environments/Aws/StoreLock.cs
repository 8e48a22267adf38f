using System.Text.Json.Serialization;
using Slipway.Registry;
using Slipway.Registry.Storage;

namespace Slipway.Build.Environments.Aws;

/// <summary>
/// Only one command at a time changes an environment, wherever it runs: <c>locks/&lt;gateway&gt;.json</c> is taken by compare-and-swap and renewed
/// while it is held. A lock that has not been renewed for a while, by the reader's own clock, was left behind by a command that crashed.
/// </summary>
public sealed class StoreLock : IEnvironmentLock
{
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>How long a lock must not have been renewed before it is taken over.</summary>
    public static TimeSpan Timeout { get; } = TimeSpan.FromSeconds(35);

    private readonly IObjectStore _store;
    private readonly string _key;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _released = new();
    private readonly CancellationTokenSource _lost = new();
    private readonly Task _renewing;
    private LockRecord _held;
    private string? _etag;
    private long _renewedAt;

    private StoreLock(IObjectStore store, string key, LockRecord held, string etag, TimeProvider time)
    {
        (_store, _key, _held, _etag, _time) = (store, key, held, etag, time);
        _renewedAt = time.GetTimestamp();
        _renewing = RenewAsync();
    }

    /// <summary>Cancelled when another command has the lock, or may have it.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <param name="waiting">Called once if another command seems to hold the lock.</param>
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
            if (found is null or { Value.Holder: null } || (first?.ETag == found.ETag && time.GetElapsedTime(started) >= Timeout))
            {
                if (await store.WriteAsync(key, wanted, LockJson.Default.LockRecord, PutCondition.Since(found?.ETag), cancellation) is { } etag)
                    return new(store, key, wanted, etag, time);
                continue;
            }

            if (first is not null && found.ETag != first.ETag)
                throw new SlipwayException($"Another command is changing this environment: {found.Value}. Nothing was changed; wait until it has ended and run this again.");
            if (first is null)
                waiting($"{found.Value} holds the lock; checking for {Timeout.TotalSeconds:0} s whether it is still alive");
            first ??= found;
            await Task.Delay(Pause, time, cancellation);
        }
    }

    private async Task RenewAsync()
    {
        try
        {
            while (!_lost.IsCancellationRequested)
            {
                await Task.Delay(Renewal, _time, _released.Token);
                if (await IsLostInTimeAsync())
                    await _lost.CancelAsync();
            }
        }
        catch (OperationCanceledException) when (_released.IsCancellationRequested)
        {
            // released
        }
    }

    // A write that hangs is not cancelled: it may still succeed, and the lock would then seem to belong to another command.
    private async Task<bool> IsLostInTimeAsync()
    {
        var left = Timeout - _time.GetElapsedTime(_renewedAt);
        try
        {
            return await IsLostAsync().WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, _time, _released.Token);
        }
        catch (TimeoutException)
        {
            return true;
        }
    }

    private async Task<bool> IsLostAsync()
    {
        var asked = _time.GetTimestamp();
        try
        {
            var next = _held with { Renewal = _held.Renewal + 1 };
            _etag = await _store.WriteAsync(_key, next, LockJson.Default.LockRecord, PutCondition.Unchanged(_etag!), _released.Token);
            (_held, _renewedAt) = (next, asked);
            return _etag is null;
        }
        catch (Exception) when (!_released.IsCancellationRequested)
        {
            // Whatever is wrong with the store, it is tried again at the next renewal; two renewals fit into the time that others wait. After that,
            // another command may have taken over the lock, and this one has no way to know.
            return _time.GetElapsedTime(_renewedAt) >= Timeout;
        }
    }

    /// <summary>Releases the lock. A failure to do so is not a failure of the command that held it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _released.CancelAsync();
        await _renewing;
        _released.Dispose();
        _lost.Dispose();
        if (_etag is null)
            return;
        try
        {
            // a cancelled renewal may have been written, or the lock may have been taken over: then it is not ours to release
            await _store.WriteAsync(_key, _held with { Holder = null }, LockJson.Default.LockRecord, PutCondition.Unchanged(_etag), CancellationToken.None);
        }
        catch (Exception)
        {
            // it will be taken over soon enough
        }
    }
}

/// <param name="Holder">The target that holds it; null if nobody does.</param>
/// <param name="Renewal">Increases while it is held.</param>
public sealed record LockRecord(string? Holder, string By, string Machine, DateTimeOffset Since, long Renewal)
{
    public override string ToString() => $"{Holder} by {By} on {Machine}, since {Since:u}";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LockRecord))]
public sealed partial class LockJson : JsonSerializerContext;
