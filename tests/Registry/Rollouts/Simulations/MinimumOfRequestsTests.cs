using Slipway.Registry.Traffic;
using static Slipway.Registry.Tests.Rollouts.SampleRollouts;

namespace Slipway.Registry.Tests.Rollouts.Simulations;

/// <summary>Whole rollouts through the policy, with good candidates and random traffic: however they go, none is promoted below its minimum of requests.</summary>
public sealed class MinimumOfRequestsTests
{
    private static readonly int Rollouts = TestContext.Parameters.Get("rollouts", 10_000);

    [Test]
    public void NoCandidateIsPromotedBelowIt()
    {
        var ends = new Dictionary<TrafficPhase, int>();
        var least = long.MaxValue;
        for (var seed = 0; seed < Rollouts; seed++)
        {
            var draws = new SeededDraws((ulong)seed);
            var minimum = 1 + draws.Below(600);
            var rollout = new RolloutFixture(Plan with { Steps = [new(10)], Hold = TimeSpan.Zero, BakeTime = TimeSpan.Zero, MinRequests = minimum });
            for (var look = 0; look < 12 && rollout.State.Revision == 1; look++)
            {
                if (rollout.Share > 0)
                    rollout.Attempts(candidate: draws.Below(300), stable: draws.Below(1000));
                rollout.LookAndWrite(60);
            }

            Assert.That(rollout.State.Rollout, Is.Not.Null);
            ends[rollout.State.Phase] = ends.GetValueOrDefault(rollout.State.Phase) + 1;
            if (rollout.State.Phase != TrafficPhase.Promoted)
                continue;
            // the minimum in the step, and again in the bake
            var over = rollout.Counts.CandidateRequests - 2 * minimum;
            least = Math.Min(least, over);
            Assert.That(over, Is.GreaterThanOrEqualTo(0), $"seed {seed}");
        }
        TestContext.Out.WriteLine($"{Rollouts} rollouts: {string.Join(", ", ends.Select(end => $"{end.Value} {end.Key}"))}; the closest promotion had {least} more than the least number of attempts");
        Assert.That(ends.GetValueOrDefault(TrafficPhase.Promoted), Is.GreaterThan(Rollouts / 4));
        Assert.That(ends.Keys, Has.Count.GreaterThan(1), "some had too few requests");
    }
}
