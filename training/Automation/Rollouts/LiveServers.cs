using System.Globalization;
using Slipway.Registry;
using Slipway.Registry.Replicas;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Rollouts;

/// <summary>
/// The servers that are running, for whoever looks only once: those whose heartbeat the store received not long before the newest one. By the store's
/// clock alone, and without waiting for the next heartbeat.
/// </summary>
public sealed class LiveServers(IObjectStore store)
{
    /// <summary>Several heartbeats on AWS. A server that died just before counts for so long.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    public async Task<IReadOnlyList<ReplicaHeartbeat>> ReadAsync(CancellationToken cancellation)
    {
        var listed = await store.ListAsync(StoreKeys.Replicas, cancellation).ToListAsync(cancellation);
        var servers = new List<ReplicaHeartbeat>();
        foreach (var info in listed.Where(info => listed.Max(other => other.LastModified) - info.LastModified <= Silence))
            if (await store.ReadAsync(info.Key, RegistryJson.Default.ReplicaHeartbeat, cancellation) is { Value: var server })
                servers.Add(server);
        return servers;
    }

    /// <summary>Waits until all of them serve a version.</summary>
    /// <exception cref="SlipwayException">One of them does not after <paramref name="timeout"/>; the message says which.</exception>
    public async Task WaitUntilServingAsync(string model, int version, TimeSpan timeout, TimeProvider time, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            var behind = (await ReadAsync(cancellation)).Where(server => !server.Draining && Served(server, model) != version).ToList();
            if (behind.Count == 0)
                return;
            if (time.GetElapsedTime(began) >= timeout)
                throw new SlipwayException(string.Create(CultureInfo.InvariantCulture,
                    $"'{model}' version {version} is published, but after {timeout.TotalSeconds:0} s {string.Join(", ", behind.Select(server => Describe(server, model)))}. Its requests stay where they are until all servers serve it."));
            await Task.Delay(Pause, time, cancellation);
        }
    }

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private static int? Served(ReplicaHeartbeat server, string model) => server.Models.FirstOrDefault(served => served.Model == model)?.Version;

    private static string Describe(ReplicaHeartbeat server, string model) => string.Create(CultureInfo.InvariantCulture,
        $"{server.Replica} serves {(Served(server, model) is { } version ? $"version {version}" : "none")}");
}
