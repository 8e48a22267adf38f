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

    /// <summary>Starts the release on a color with the capacity for all traffic, and returns when it is ready.</summary>
    /// <exception cref="SlipwayException">It did not start; the message holds the reason.</exception>
    Task StartAsync(Color color, CancellationToken cancellation);

    /// <summary>Ensures that the color without traffic has servers, which take over when the other fails. It keeps its release, for a rollback.</summary>
    Task StartIdleAsync(Color color, CancellationToken cancellation);

    /// <summary>Waits until each server of a color that runs the release has settled every model, or the timeout ends.</summary>
    /// <returns>The live servers of both colors.</returns>
    Task<IReadOnlyList<ReplicaHeartbeat>> WaitUntilSettledAsync(Color color, IReadOnlyDictionary<string, int> desired, CancellationToken cancellation);

    /// <summary>Starts the release's gateway in place of the running one.</summary>
    Task StartGatewayAsync(CancellationToken cancellation);

    /// <summary>Lets go of what a color that has no traffic any more does not need.</summary>
    Task RetireAsync(Color color, CancellationToken cancellation);

    /// <summary>What is running once a color has all traffic.</summary>
    DeploymentResult Result(Color live);
}
