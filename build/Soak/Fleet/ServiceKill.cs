using System.Diagnostics;
using Slipway.Build.Environments.Fleets;
using Slipway.Build.Environments.Fleets.Services;

namespace Slipway.Soak.Fleet;

/// <summary>Kills a service of the soak's own fleet, as <c>kill -9</c> does, and starts it again.</summary>
public sealed class ServiceKill(SoakFleet fleet, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    /// <summary>The two gateways, and the two servers of the live color.</summary>
    public IReadOnlyList<ServiceRecord> Services => [.. fleet.GatewayRecords, .. fleet.Servers];

    /// <summary>Kills a process by its id, and nothing else.</summary>
    public static void Kill(ServiceRecord service)
    {
        using var process = Process.GetProcessById(service.ProcessId);
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>Starts what is not running, and waits until both gateways send requests to both servers.</summary>
    /// <exception cref="InvalidOperationException">They do not within a minute.</exception>
    public async Task RepairAsync(CancellationToken cancellation)
    {
        await fleet.Environment.Fleet.StartServersAsync(fleet.Live, fleet.Releases.Inference, cancellation);
        await fleet.Environment.Fleet.StartGatewaysAsync(fleet.Releases.Gateway, cancellation);
        var started = time.GetTimestamp();
        foreach (var gateway in fleet.GatewayRecords)
            while (!await HasAllAsync(gateway, cancellation))
            {
                if (time.GetElapsedTime(started) > Timeout)
                    throw new InvalidOperationException($"{gateway.Name} does not have two healthy servers a minute after a kill.");
                await Task.Delay(Pause, time, cancellation);
            }
    }

    private async Task<bool> HasAllAsync(ServiceRecord gateway, CancellationToken cancellation)
    {
        using var client = new GatewayClient(gateway, time);
        var status = await client.StatusAsync(cancellation);
        var replicas = fleet.Servers.Select(server => server.Replica).ToHashSet();
        return status?.Colors.FirstOrDefault(color => color.Color == fleet.Live)?.Destinations
            .Count(destination => destination.Health == "healthy" && replicas.Contains(destination.Replica)) == 2;
    }
}
