using Slipway.Registry.Channels;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Traffic;
using static Slipway.Registry.Tests.Rollouts.SampleRollouts;

namespace Slipway.Registry.Tests.Rollouts;

/// <summary>A rollout from blue to green, as a controller would drive it: each look passes what was observed, and writes what comes back.</summary>
internal sealed class RolloutFixture
{
    public RolloutFixture(RolloutPlan? plan = null) => Desired = SampleRollouts.Desired(plan ?? Plan);

    public TrafficState State { get; private set; } = OnBlue;
    public DesiredTraffic? Desired { get; set; }
    public int Healthy { get; set; } = 1;
    public int Needed { get; set; } = 1;
    public bool StableIsHealthy { get; set; } = true;
    public long? StableP99 { get; set; } = 250_000;
    public RolloutCounts Counts { get; set; } = RolloutCounts.None;
    public ProbeCounts Probes { get; set; } = ProbeCounts.None;
    public ShadowCounts Shadow { get; set; } = ShadowCounts.None;

    public int Share => State.Rollout?.Share ?? 0;

    public RolloutConditions Conditions(TimeSpan since = default) =>
        new(new(Healthy, Needed), StableIsHealthy, Counts, Probes, Shadow, StableP99, since);

    /// <summary>One look, after a while.</summary>
    public TrafficState Look(double seconds = 0) => State = RolloutPolicy.Next(State, Desired, Conditions(TimeSpan.FromSeconds(seconds)));

    /// <summary>The same by a controller that renews its lease each time.</summary>
    public void LookAndWrite(double seconds)
    {
        var before = State;
        if (ReferenceEquals(Look(seconds), before))
            State = RolloutPolicy.Refreshed(before, Conditions(TimeSpan.FromSeconds(seconds)));
    }

    /// <summary>First attempts at the present share.</summary>
    public void Attempts(long candidate, long candidateErrors = 0, long stable = 0, long stableErrors = 0) =>
        Counts = Counts.Plus(SampleRollouts.Counts(Share, candidate, candidateErrors, stable, stableErrors));

    /// <summary>Everything that leaves a step: its time passes and enough good attempts are counted.</summary>
    public TrafficState Pass()
    {
        Attempts(candidate: 500, stable: 500);
        return Look(121);
    }

    public RolloutFixture In(TrafficPhase phase)
    {
        switch (phase)
        {
            case TrafficPhase.Idle:
                State = OnBlue with { Phase = TrafficPhase.Idle };
                break;
            case TrafficPhase.Preparing:
                Healthy = 0;
                Look();
                Healthy = Needed;
                break;
            case TrafficPhase.Progressing:
                Start();
                break;
            case TrafficPhase.Baking:
                Start();
                for (var step = 0; step < State.Rollout!.Plan.Steps.Count; step++)
                    Pass();
                while (State.Phase == TrafficPhase.Progressing)
                    Pass();
                break;
            case TrafficPhase.Promoted:
                In(TrafficPhase.Baking).Pass();
                break;
            case TrafficPhase.RolledBack:
                Start();
                Attempts(candidate: 12, candidateErrors: 12);
                Look();
                break;
            case TrafficPhase.Halted:
                Start();
                Look(30 * 60);
                break;
        }
        Assert.That(State.Phase, Is.EqualTo(phase), State.Reason);
        return this;
    }

    public RolloutFixture ShouldBe(TrafficPhase phase, int share, Color live = Color.Blue)
    {
        Assert.That((State.Phase, Share, State.Live), Is.EqualTo((phase, share, live)), State.Reason);
        var expected = State.Rollout?.Plan.Model is null ? TrafficSplit.Share(Color.Green, share) : TrafficSplit.All(Color.Blue);
        Assert.That(State.Split, Is.EqualTo(expected), State.Reason);
        return this;
    }

    private void Start()
    {
        Look();
        Look();
    }
}
