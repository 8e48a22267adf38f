using Slipway.Registry;
using Slipway.Registry.Replicas;
using Slipway.Registry.Storage;

namespace Slipway.Build.Environments.Fleets.Aws;

/// <summary>
/// The live servers: those whose heartbeat changed while this was polling. A heartbeat that a killed server left behind looks like any other but
/// never changes again.
/// </summary>
public sealed class LiveReplicas(IObjectStore store, TimeProvider time)
{
    private readonly Dictionary<string, string> _first = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ReplicaHeartbeat> _live = new(StringComparer.Ordinal);

    /// <summary>How long to wait between two polls of the store.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Polls until the live servers meet a condition.</summary>
    /// <param name="problem">What is still missing; null if nothing is.</param>
    /// <returns>What is still missing after <paramref name="timeout"/>; null if nothing is.</returns>
    public async Task<string?> WaitAsync(
        Func<IReadOnlyList<ReplicaHeartbeat>, string?> problem, TimeSpan timeout, Action<string> now, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            await PollAsync(cancellation);
            var missing = problem([.. _live.Values.OrderBy(replica => replica.Replica, StringComparer.Ordinal)]);
            if (missing is null || time.GetElapsedTime(started) > timeout)
                return missing;
            now(missing);
            await Task.Delay(Pause, time, cancellation);
        }
    }

    private async Task PollAsync(CancellationToken cancellation)
    {
        var listed = await store.ListAsync(StoreKeys.Replicas, cancellation).ToListAsync(cancellation);
        foreach (var gone in _first.Keys.Except(listed.Select(info => info.Key)).ToList())
        {
            _first.Remove(gone);
            _live.Remove(gone);
        }

        foreach (var info in listed)
            if (!_first.TryAdd(info.Key, info.ETag) && (_first[info.Key] != info.ETag || _live.ContainsKey(info.Key))
                && await store.ReadAsync(info.Key, RegistryJson.Default.ReplicaHeartbeat, cancellation) is { } read)
                _live[info.Key] = read.Value;
    }
}
