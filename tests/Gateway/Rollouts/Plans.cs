using Slipway.Registry.Channels;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Tests.Rollouts;

/// <summary>Plans and states as tests need them: green takes over from blue.</summary>
public static class Plans
{
    public static RolloutPlan Plan(
        string id = "r1", string? model = null, IReadOnlyList<RolloutStep>? steps = null, long minRequests = 20, int servers = 1, int? version = null) => new(
        id, model, version ?? (model is null ? null : 2), "digest", steps ?? [new(10), new(50)], TimeSpan.FromSeconds(2), minRequests, new(90), TimeSpan.FromSeconds(2),
        TimeSpan.FromMinutes(10), new(MaxBadRate: 0.2, SlowMilliseconds: 1000), servers);

    public static TrafficState Running(int share, RolloutPlan? plan = null, TrafficPhase phase = TrafficPhase.Progressing, long? slow = 1_000_000, string? release = null) =>
        new(0, phase, plan?.Model is null ? TrafficSplit.Share(Color.Green, share) : TrafficSplit.All(Color.Blue), Color.Blue, "test", new(null, 0), default,
            new(plan ?? Plan(), Color.Green, Step: phase == TrafficPhase.Preparing ? -1 : 0, share, TimeSpan.Zero, TimeSpan.Zero, 0, slow, null, Release: release));
}
