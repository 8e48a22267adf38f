using Slipway.Build.Environments.Fleets.Services;
using Slipway.Registry;
using Slipway.Registry.Replicas;
using Slipway.Registry.Storage;

namespace Slipway.Build.Environments.Fleets;

/// <summary>The heartbeats of the servers, in the store.</summary>
public sealed class Heartbeats(IObjectStore store, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public async Task<ReplicaHeartbeat?> FindAsync(string replica, CancellationToken cancellation) =>
        (await store.ReadAsync(StoreKeys.Replica(replica), RegistryJson.Default.ReplicaHeartbeat, cancellation))?.Value;

    /// <exception cref="SlipwayException">It exited, or was not ready in time; the message contains the reason that it reported.</exception>
    public async Task<ReplicaHeartbeat> WaitUntilReadyAsync(ServiceRecord server, IServiceHost services, TimeSpan timeout, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        while (time.GetElapsedTime(started) < timeout)
        {
            var heartbeat = await FindAsync(server.Replica!, cancellation);
            if (heartbeat is { Ready: true })
                return heartbeat;
            if (!services.IsRunning(server))
                throw new SlipwayException($"The {server.Name} server exited during startup. {services.Printed(server)}");
            await Task.Delay(Pause, time, cancellation);
        }

        var last = await FindAsync(server.Replica!, cancellation);
        throw new SlipwayException(
            $"The {server.Name} server was not ready after {timeout.TotalSeconds} s. {Why(last)} {services.Printed(server)}");
    }

    /// <summary>Waits until servers serve a version of a model.</summary>
    /// <returns>The servers that do not after <paramref name="timeout"/>, each with its status.</returns>
    public Task<IReadOnlyList<string>> WaitUntilServingAsync(
        IReadOnlyCollection<ServiceRecord> servers, string model, int version, TimeSpan timeout, CancellationToken cancellation) =>
        Poll.UntilAsync(() => BehindAsync(servers, model, version, cancellation), behind => behind.Count == 0, timeout, Pause, time, cancellation);

    private async Task<IReadOnlyList<string>> BehindAsync(IReadOnlyCollection<ServiceRecord> servers, string model, int version, CancellationToken cancellation)
    {
        var behind = new List<string>();
        foreach (var server in servers)
        {
            var served = (await FindAsync(server.Replica!, cancellation))?.Models.FirstOrDefault(candidate => candidate.Model == model);
            if (served?.Version != version)
                behind.Add($"{server.Name} {ServingPolicy.Behind(served, version)}");
        }

        return behind;
    }

    /// <summary>Waits until a server has settled every model.</summary>
    /// <returns>False if it had not after <paramref name="timeout"/>.</returns>
    public Task<bool> WaitUntilSettledAsync(string replica, IReadOnlyDictionary<string, int> desired, TimeSpan timeout, CancellationToken cancellation) =>
        Poll.UntilAsync(
            async () => await FindAsync(replica, cancellation) is { } heartbeat && GapPolicy.Unsettled([heartbeat], desired) is null,
            settled => settled, timeout, Pause, time, cancellation);

    private static string Why(ReplicaHeartbeat? heartbeat) => heartbeat is null
        ? "It wrote no heartbeat."
        : string.Concat(ServingPolicy.Problems(heartbeat).Select(problem => $"{problem}. ")).TrimEnd();
}
