using Slipway.Registry.Channels;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Traffic;

namespace Slipway.Build.Tests.Environments.Rollouts;

/// <summary>Records of a rollout of release <c>release-2</c> from blue to green.</summary>
internal static class Rollouts
{
    public static RolloutPlan Plan { get; } = new(
        "r2", null, null, "release-2", [new(25), new(50, Approval: true)], TimeSpan.FromSeconds(1), 10, new(90), TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(1),
        new(SlowMilliseconds: 1000), Probes: true);

    public static DesiredTraffic Desired { get; } = new(2, Color.Green, TrafficAction.Deploy, "release-2", "ann", "because", DateTimeOffset.UnixEpoch, Color.Blue, Plan: Plan);

    /// <summary>Nine errors, all of them on a candidate that gets a quarter of all requests.</summary>
    public static RolloutCounts Failing { get; } = new([new(25, new(Answered: 3, Errors: 9), new(Answered: 40))]);

    public static RolloutVerdict Fails { get; } = VerdictPolicy.Judge(Failing, ProbeCounts.None, Plan.Bounds, Plan.MinRequests, useProbes: true);

    public static TrafficState State(TrafficPhase phase, int step = 0, RolloutVerdict? verdict = null, int revision = 1)
    {
        var live = phase == TrafficPhase.Promoted ? Color.Green : Color.Blue;
        return new(
            revision, phase, TrafficSplit.All(live), live, "the reason", new("main-1", 1), default,
            new(Plan, Color.Green, step, step < 0 ? 0 : Plan.Steps.Append(Plan.Bake).ElementAt(step).Share, default, default, 0, null, verdict));
    }

    public static RolloutRecord Record { get; } = new("main", Plan, Color.Green,
    [
        new(TrafficPhase.Progressing, 0, 25, "r2: green gets 25 %", null, [], ShadowCounts.None, 1_000_000, DateTimeOffset.UnixEpoch),
        new(TrafficPhase.RolledBack, 0, 0, "r2 is rolled back from 25 %", Fails,
            [new("pumps.1.green-1.x", RolloutCheck.Errors, "500", 25, "green-1", DateTimeOffset.UnixEpoch)], ShadowCounts.None, 1_000_000, DateTimeOffset.UnixEpoch.AddSeconds(3)),
    ]);
}
