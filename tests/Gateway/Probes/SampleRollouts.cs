using Slipway.Registry.Channels;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Tests.Probes;

/// <summary>Rollouts whose candidate is green.</summary>
internal static class SampleRollouts
{
    public static RolloutState Rollout(string id = "r1", string? model = null, int? version = null, string digest = "release-2", bool probes = true) => new(
        new(id, model, version, digest, [new(10)], TimeSpan.FromSeconds(2), 20, new(90), TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(1), new(), Probes: probes),
        Color.Green, 0, 10, default, default, 0, null, null);

    public static TrafficState State(string? holder, RolloutState? rollout, TrafficPhase phase = TrafficPhase.Progressing) =>
        new(0, phase, new(90, 10), Color.Blue, "because", new(holder, 1), default, rollout);
}
