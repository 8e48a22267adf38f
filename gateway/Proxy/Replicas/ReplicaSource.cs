using Slipway.Gateway.Options;
using Slipway.Registry;
using Slipway.Registry.Replicas;
using Slipway.Registry.Storage;

namespace Slipway.Gateway.Replicas;

/// <param name="IsAlive">Whether the heartbeat has changed within the timeout, by the reader's own clock.</param>
public sealed record ObservedReplica(ReplicaHeartbeat Heartbeat, bool IsAlive);

/// <summary>Reads heartbeats and remembers when each last changed. Not safe for concurrent use: one loop owns it.</summary>
public sealed partial class ReplicaSource(IObjectStore store, GatewayOptions options, TimeProvider time, ILogger<ReplicaSource> logger)
{
    private const int ReadsAtOnce = 8;

    private readonly Dictionary<string, ObservedHeartbeat> _seen = new(StringComparer.Ordinal);
    private bool _away;

    private sealed record ObservedHeartbeat(string ETag, ReplicaHeartbeat? Heartbeat, long ChangedAt);

    /// <summary>All heartbeats in the store. Throws if the store is unavailable.</summary>
    public async Task<IReadOnlyList<ObservedReplica>> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            var found = new List<ObjectInfo>();
            await foreach (var info in store.ListAsync(StoreKeys.Replicas, cancellation))
                found.Add(info);
            await ReadChangedAsync(found, cancellation);
            ForgetAllBut(found);
        }
        catch
        {
            _away = true;
            throw;
        }
        Return();
        return [.. _seen.Values.Where(seen => seen.Heartbeat is not null).Select(seen => new ObservedReplica(seen.Heartbeat!, IsAlive(seen)))];
    }

    private bool IsAlive(ObservedHeartbeat seen) => time.GetElapsedTime(seen.ChangedAt) < options.ReplicaTimeout;

    /// <summary>Reads several at a time: one after the other, reading many heartbeats would take longer than their interval.</summary>
    private async Task ReadChangedAsync(IEnumerable<ObjectInfo> found, CancellationToken cancellation)
    {
        var changed = found.Where(info => _seen.GetValueOrDefault(info.Key)?.ETag != info.ETag).ToList();
        var read = new ObservedHeartbeat?[changed.Count];
        await Parallel.ForAsync(
            0, changed.Count, new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellation },
            async (i, token) => read[i] = await ReadAsync(changed[i], _seen.GetValueOrDefault(changed[i].Key), token));
        foreach (var (info, seen) in changed.Zip(read))
        {
            if (seen is not null)
                _seen[info.Key] = seen;
        }
    }

    private async Task<ObservedHeartbeat?> ReadAsync(ObjectInfo info, ObservedHeartbeat? before, CancellationToken cancellation)
    {
        try
        {
            var read = await store.ReadAsync(info.Key, RegistryJson.Default.ReplicaHeartbeat, cancellation);
            return read is null ? null : new(info.ETag, Named(read.Value, info.Key), time.GetTimestamp());
        }
        catch (SlipwayException e)
        {
            // one unreadable heartbeat must not hide the others; its last content expires as if it had not been renewed
            HeartbeatUnreadable(info.Key, e.Message);
            return new(info.ETag, before?.Heartbeat, before?.ChangedAt ?? time.GetTimestamp());
        }
    }

    /// <summary>The key is the identity: a heartbeat under another name could displace that server.</summary>
    private static ReplicaHeartbeat Named(ReplicaHeartbeat heartbeat, string key) =>
        StoreKeys.Replica(heartbeat.Replica) == key
            ? heartbeat
            : throw new SlipwayException($"'{key}' in the store contains the heartbeat of another replica, '{heartbeat.Replica}'.");

    private void ForgetAllBut(List<ObjectInfo> found)
    {
        foreach (var key in _seen.Keys.Except(found.Select(info => info.Key)).ToList())
            _seen.Remove(key);
    }

    /// <summary>Servers could not write heartbeats while the store was unavailable, so that time does not count against them.</summary>
    private void Return()
    {
        if (!_away)
            return;
        _away = false;
        foreach (var (key, seen) in _seen)
            _seen[key] = seen with { ChangedAt = time.GetTimestamp() };
    }

    [LoggerMessage(LogLevel.Warning, "Heartbeat {Key} was unreadable: {Problem}")]
    private partial void HeartbeatUnreadable(string key, string problem);
}
