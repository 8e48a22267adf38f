using Slipway.Gateway.Forwarding;
using Slipway.Registry.Channels;
using Slipway.Registry.Replicas;
using Yarp.ReverseProxy.Model;

namespace Slipway.Gateway.Replicas;

public enum ReplicaHealth
{
    /// <summary>Not probed yet.</summary>
    Unknown,
    Healthy,
    Unhealthy,
}

/// <summary>A server that the gateway may send requests to. The object outlives heartbeats, so that its requests in flight stay counted.</summary>
public sealed class Replica(ReplicaHeartbeat heartbeat)
{
    private int _inFlight;
    private int _failures;
    private volatile ReplicaHeartbeat _heartbeat = heartbeat;
    private volatile DestinationState? _destination;

    /// <summary>Contains the address: a server that comes back elsewhere does not inherit the health of its old address.</summary>
    public string Id { get; } = $"{heartbeat.Replica}@{heartbeat.Address}";

    public Color Color { get; } = heartbeat.Color;
    public string Address { get; } = heartbeat.Address.TrimEnd('/');
    public TargetUris Targets { get; } = new(heartbeat.Address.TrimEnd('/'));

    public ReplicaHeartbeat Heartbeat
    {
        get => _heartbeat;
        set => _heartbeat = value;
    }

    /// <summary>The proxy's own record of this server, which has its health; null until the proxy knows the server.</summary>
    public DestinationState? Destination
    {
        get => _destination;
        set => _destination = value;
    }

    public ReplicaHealth Health =>
        _destination?.Health is not { } health ? ReplicaHealth.Unknown
        : health.Active == DestinationHealth.Unhealthy || health.Passive == DestinationHealth.Unhealthy ? ReplicaHealth.Unhealthy
        : health.Active == DestinationHealth.Healthy ? ReplicaHealth.Healthy
        : ReplicaHealth.Unknown;

    /// <summary>Owned by <see cref="ReplicaEjector"/>.</summary>
    public EjectionTimes Ejections { get; } = new();

    public int InFlight => Volatile.Read(ref _inFlight);

    public void Enter() => Interlocked.Increment(ref _inFlight);

    public void Leave() => Interlocked.Decrement(ref _inFlight);

    public void Succeeded()
    {
        if (Volatile.Read(ref _failures) != 0)
            Volatile.Write(ref _failures, 0);
    }

    /// <summary>Returns the number of consecutive failures.</summary>
    public int Failed() => Interlocked.Increment(ref _failures);
}
