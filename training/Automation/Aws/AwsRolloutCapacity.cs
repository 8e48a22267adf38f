using Slipway.Automation.Rollouts;
using Slipway.Registry.Channels;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Aws;

/// <summary>The capacity of both colors while a version of a model is rolled out, as Deploy has it for a release.</summary>
public sealed class AwsRolloutCapacity(AwsEnvironmentRecord environment, IObjectStore store, ColorCapacity capacity) : IRolloutCapacity
{
    private readonly LiveServers _servers = new(store);

    public async Task<int> HoldAsync(Color candidate, CancellationToken cancellation)
    {
        var live = (await _servers.ReadAsync(cancellation)).Count(server => server.Color == candidate.Other() && server is { Ready: true, Draining: false });
        var servers = Math.Max(live, environment.Fleet.Capacity);
        foreach (var color in Colors.All)
            await capacity.HoldAsync(color, servers, cancellation);
        return servers;
    }

    /// <summary>Lets autoscaling decide about the live color again, and about the other one once the rollback window has passed. Safe to repeat.</summary>
    public async Task ReleaseAsync(Color live, CancellationToken cancellation)
    {
        await capacity.HoldAsync(live, environment.Fleet.Capacity, cancellation);
        await capacity.ReleaseLaterAsync(live.Other(), cancellation);
    }
}
