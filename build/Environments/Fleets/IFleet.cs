using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Replicas;

namespace Slipway.Build.Environments.Fleets;

/// <summary>The servers and the gateway of an environment, as the deployment of one release sees them. Each method is idempotent.</summary>
public interface IFleet
{
    /// <summary>The release to deploy, as its servers report it.</summary>
    string Release { get; }

    /// <summary>Why traffic moves, as a sentence.</summary>
    string Reason { get; }

    /// <summary>Whether requests from this machine reach the servers.</summary>
    bool IsReachable { get; }

    /// <summary>Where the logs of a color's servers are, as the end of a sentence.</summary>
    string PlaceOfLogs(Color color);

    /// <summary>The release that a color runs; null if it runs none.</summary>
    Task<string?> ReleaseOfAsync(Color color, CancellationToken cancellation);

    /// <summary>Restarts the servers of a color as they were, if they have died and nothing else restarts them.</summary>
    Task RepairAsync(Color color, CancellationToken cancellation);

    /// <summary>The number of servers that a color needs for all traffic, given what the live one has now.</summary>
    Task<int> ServersAsync(Color live, CancellationToken cancellation);

    /// <summary>Starts the release on a color with so many servers, and returns when it is ready.</summary>
    /// <exception cref="SlipwayException">It did not start; the message holds the reason.</exception>
    Task StartAsync(Color color, int servers, CancellationToken cancellation);

    /// <summary>Keeps the servers of a color until it is retired, however few requests a rollout leaves it.</summary>
    Task KeepAsync(Color color, int servers, CancellationToken cancellation);

    /// <summary>Ensures that the color without traffic has servers, which take over when the other fails. It keeps its release, for a rollback.</summary>
    Task StartIdleAsync(Color color, CancellationToken cancellation);

    /// <summary>Waits until each server of a color that runs the release has settled every model, or until the timeout.</summary>
    /// <returns>The live servers of both colors.</returns>
    Task<IReadOnlyList<ReplicaHeartbeat>> WaitUntilSettledAsync(Color color, IReadOnlyDictionary<string, int> desired, CancellationToken cancellation);

    /// <summary>Starts the release's gateway in place of the running one.</summary>
    Task StartGatewayAsync(CancellationToken cancellation);

    /// <summary>A release was rolled back: takes it from the servers of its color where that is quick, so that they can take over when the live color fails.</summary>
    Task ReplaceAsync(Color color, CancellationToken cancellation);

    /// <summary>All traffic is on a color: lets go of what the other one does not need.</summary>
    Task RetireAsync(Color color, CancellationToken cancellation);

    /// <summary>What is running when a color has all traffic.</summary>
    DeploymentResult Result(Color live);
}
