using Slipway.Registry.Channels;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Traffic;

namespace Slipway.Registry.Tests.Rollouts;

/// <summary>A rollout of a release from blue to green.</summary>
internal static class SampleRollouts
{
    public static RolloutPlan Plan { get; } = new(
        "r2", Model: null, Version: null, Digest: "sha256:2222", [new(1), new(5), new(25), new(50)], Hold: TimeSpan.FromSeconds(30), MinRequests: 100,
        Bake: new(90), BakeTime: TimeSpan.FromMinutes(2), Deadline: TimeSpan.FromMinutes(30), new());

    public static RolloutPlan ModelPlan { get; } = Plan with { Id = "r3", Model = "pumps", Version = 7, Digest = "7777" };

    public static TrafficState OnBlue { get; } =
        new(1, TrafficPhase.Promoted, TrafficSplit.All(Color.Blue), Color.Blue, "revision 1 by ann: the first release", new("main-1", 7), default);

    public static DesiredTraffic Desired(RolloutPlan? plan, int revision = 2, TrafficAction action = TrafficAction.Deploy, Color color = Color.Green, int? approved = null) =>
        new(revision, color, action, "release-2", "ann", "the second release", default, Color.Blue, Plan: plan, ApprovedStep: approved);

    /// <summary>First attempts at one share, of which some are errors.</summary>
    public static RolloutCounts Counts(int share, long candidate, long candidateErrors = 0, long stable = 0, long stableErrors = 0) =>
        new([new(share, new(Answered: candidate - candidateErrors, Errors: candidateErrors), new(Answered: stable - stableErrors, Errors: stableErrors))]);
}
