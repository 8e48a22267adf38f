using Slipway.Registry.Replicas;

namespace Slipway.Gateway.Tests.Fixtures;

/// <summary>Heartbeats as servers write them.</summary>
public static class Beats
{
    /// <summary>Of a server that is ready and serves one version of one model.</summary>
    public static ReplicaHeartbeat Serving(Backend backend, string release, string model, int version) => new(
        backend.Replica, backend.Color, backend.Address, release, Beat: 99, Ready: true, Draining: false,
        [new(model, version, "sha", version, ServedModelState.Serving, null, [])], default);
}
