using Slipway.Registry.Channels;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Traffic;
using static Slipway.Registry.Tests.Rollouts.SampleRollouts;

namespace Slipway.Registry.Tests.Rollouts;

/// <summary>Every pair of a phase and an event, as in the table of <see cref="RolloutPolicy"/>.</summary>
public sealed class RolloutTransitionTests
{
    public enum Event
    {
        Nothing,
        RollbackRequested,
        RollbackRequestedToAnUnhealthyColor,
        PromotionRequested,
        PromotionRequestedWithoutServers,
        AnotherPlanRequested,
        SamePlanRequestedAgain,
        Withdrawn,
        DeploymentWithoutPlan,
        Fails,
        FailsWhileStableIsUnhealthy,
        Disagrees,
        LosesItsServers,
        Deadline,
        MayGoOn,
    }

    private static readonly TrafficPhase[] Phases =
        [TrafficPhase.Idle, TrafficPhase.Preparing, TrafficPhase.Progressing, TrafficPhase.Baking, TrafficPhase.Promoted, TrafficPhase.RolledBack, TrafficPhase.Halted];

    // what is not named stays as it is
    private static readonly Dictionary<(TrafficPhase, Event), TrafficPhase> Table = new()
    {
        [(TrafficPhase.Preparing, Event.RollbackRequested)] = TrafficPhase.RolledBack,
        [(TrafficPhase.Progressing, Event.RollbackRequested)] = TrafficPhase.RolledBack,
        [(TrafficPhase.Baking, Event.RollbackRequested)] = TrafficPhase.RolledBack,

        [(TrafficPhase.Preparing, Event.RollbackRequestedToAnUnhealthyColor)] = TrafficPhase.RolledBack, // nothing moves, because nothing had moved

        [(TrafficPhase.Idle, Event.PromotionRequested)] = TrafficPhase.Promoted,
        [(TrafficPhase.Preparing, Event.PromotionRequested)] = TrafficPhase.Promoted,
        [(TrafficPhase.Progressing, Event.PromotionRequested)] = TrafficPhase.Promoted,
        [(TrafficPhase.Baking, Event.PromotionRequested)] = TrafficPhase.Promoted,
        [(TrafficPhase.RolledBack, Event.PromotionRequested)] = TrafficPhase.Promoted,
        [(TrafficPhase.Halted, Event.PromotionRequested)] = TrafficPhase.Promoted,

        [(TrafficPhase.Idle, Event.PromotionRequestedWithoutServers)] = TrafficPhase.Preparing,

        [(TrafficPhase.Idle, Event.AnotherPlanRequested)] = TrafficPhase.Preparing,
        [(TrafficPhase.Preparing, Event.AnotherPlanRequested)] = TrafficPhase.Preparing,
        [(TrafficPhase.Progressing, Event.AnotherPlanRequested)] = TrafficPhase.Preparing,
        [(TrafficPhase.Baking, Event.AnotherPlanRequested)] = TrafficPhase.Preparing,
        [(TrafficPhase.Promoted, Event.AnotherPlanRequested)] = TrafficPhase.Preparing,
        [(TrafficPhase.RolledBack, Event.AnotherPlanRequested)] = TrafficPhase.Preparing,
        [(TrafficPhase.Halted, Event.AnotherPlanRequested)] = TrafficPhase.Preparing,

        [(TrafficPhase.Idle, Event.SamePlanRequestedAgain)] = TrafficPhase.Preparing, // it has not begun
        [(TrafficPhase.Preparing, Event.SamePlanRequestedAgain)] = TrafficPhase.Progressing,

        [(TrafficPhase.Preparing, Event.Withdrawn)] = TrafficPhase.Idle,
        [(TrafficPhase.Progressing, Event.Withdrawn)] = TrafficPhase.Idle,
        [(TrafficPhase.Baking, Event.Withdrawn)] = TrafficPhase.Idle,

        [(TrafficPhase.Preparing, Event.DeploymentWithoutPlan)] = TrafficPhase.Idle,
        [(TrafficPhase.Progressing, Event.DeploymentWithoutPlan)] = TrafficPhase.Idle,
        [(TrafficPhase.Baking, Event.DeploymentWithoutPlan)] = TrafficPhase.Idle,

        [(TrafficPhase.Progressing, Event.Fails)] = TrafficPhase.RolledBack,
        [(TrafficPhase.Baking, Event.Fails)] = TrafficPhase.RolledBack,

        [(TrafficPhase.Progressing, Event.Disagrees)] = TrafficPhase.RolledBack,
        [(TrafficPhase.Baking, Event.Disagrees)] = TrafficPhase.RolledBack,

        [(TrafficPhase.Progressing, Event.LosesItsServers)] = TrafficPhase.RolledBack,
        [(TrafficPhase.Baking, Event.LosesItsServers)] = TrafficPhase.RolledBack,

        [(TrafficPhase.Progressing, Event.Deadline)] = TrafficPhase.Halted,
        [(TrafficPhase.Baking, Event.Deadline)] = TrafficPhase.Halted,

        [(TrafficPhase.Preparing, Event.MayGoOn)] = TrafficPhase.Progressing,
        [(TrafficPhase.Baking, Event.MayGoOn)] = TrafficPhase.Promoted,
    };

    private static IEnumerable<TestCaseData> Pairs() =>
        from phase in Phases
        from happened in Enum.GetValues<Event>()
        select new TestCaseData(phase, happened);

    [TestCaseSource(nameof(Pairs))]
    public void LeadsWhereTheTableSays(TrafficPhase phase, Event happened)
    {
        var rollout = new RolloutFixture(happened == Event.Disagrees ? Plan with { Shadow = 100 } : Plan).In(phase);
        if (phase == TrafficPhase.Idle)
            rollout.Desired = null;
        if (happened is not (Event.MayGoOn or Event.SamePlanRequestedAgain) && phase == TrafficPhase.Preparing)
            rollout.Healthy = happened == Event.PromotionRequested ? 1 : 0;
        var before = rollout.State;

        Apply(rollout, happened);

        var expected = Table.GetValueOrDefault((phase, happened), phase);
        Assert.That(rollout.State.Phase, Is.EqualTo(expected), rollout.State.Reason);
        Assert.That(rollout.State.Live, Is.EqualTo(expected == TrafficPhase.Promoted || before.Live == Color.Green ? Color.Green : Color.Blue), "the safe color is a property of the phase");
        Assert.That(rollout.State.Reason, Is.Not.Empty);
        if (rollout.State.Phase is not (TrafficPhase.Progressing or TrafficPhase.Baking))
            Assert.That(rollout.State.Split, Is.EqualTo(TrafficSplit.All(rollout.State.Live)), "all traffic is on it, unless a rollout is under way");
        Assert.That(rollout.Look(), Is.SameAs(rollout.State).Or.Property(nameof(TrafficState.Phase)).EqualTo(TrafficPhase.Progressing), "deciding again changes nothing");
    }

    private static void Apply(RolloutFixture rollout, Event happened)
    {
        var plan = rollout.State.Rollout?.Plan ?? Plan;
        switch (happened)
        {
            case Event.RollbackRequested:
                rollout.Desired = Desired(plan: null, 9, TrafficAction.Rollback, Color.Blue);
                break;
            case Event.RollbackRequestedToAnUnhealthyColor:
                rollout.StableIsHealthy = false;
                rollout.Desired = Desired(plan: null, 9, TrafficAction.Rollback, Color.Blue);
                break;
            case Event.PromotionRequested:
                rollout.Desired = Desired(plan, 9, TrafficAction.Promote);
                break;
            case Event.PromotionRequestedWithoutServers:
                rollout.Needed = 3;
                rollout.Desired = Desired(plan, 9, TrafficAction.Promote);
                break;
            case Event.AnotherPlanRequested:
                rollout.Healthy = 0;
                rollout.Desired = Desired(plan with { Id = "r9" }, 9, color: rollout.State.Live.Other());
                break;
            case Event.SamePlanRequestedAgain:
                rollout.Desired = Desired(plan, 9);
                rollout.Healthy = rollout.State.Phase == TrafficPhase.Idle ? 0 : rollout.Healthy;
                break;
            case Event.Withdrawn:
                rollout.Desired = null;
                break;
            case Event.DeploymentWithoutPlan:
                rollout.Desired = Desired(plan: null, 9, color: Color.Blue);
                break;
            case Event.Fails:
                rollout.Attempts(400, 400);
                break;
            case Event.FailsWhileStableIsUnhealthy:
                rollout.StableIsHealthy = false;
                rollout.Attempts(400, 400);
                break;
            case Event.Disagrees:
                rollout.Shadow = new(Compared: 1000, Disagreed: 100);
                break;
            case Event.LosesItsServers:
                rollout.Healthy = 0;
                break;
            case Event.Deadline:
                rollout.Look(30 * 60);
                return;
            case Event.MayGoOn:
                rollout.Pass();
                return;
        }
        rollout.Look();
    }
}
