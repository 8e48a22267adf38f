using Slipway.Registry.Channels;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Traffic;
using static Slipway.Registry.Tests.Rollouts.SampleRollouts;

namespace Slipway.Registry.Tests.Rollouts;

/// <summary>
/// Random histories: servers come and go, requests succeed and fail, people deploy, approve, promote and roll back at any moment, and time passes. Whatever
/// happens, what is asserted after every look holds. A failure names its seed.
/// </summary>
public sealed class RolloutSafetyTests
{
    private const int Histories = 1500;
    private const int Looks = 80;

    [TestCase(false)]
    [TestCase(true)]
    public void HoldsInEveryHistory(bool ofAModel)
    {
        var ends = new Dictionary<TrafficPhase, int>();
        for (var seed = 0; seed < Histories; seed++)
        {
            var history = new RandomHistory(seed, ofAModel ? ModelPlan : Plan);
            for (var look = 0; look < Looks; look++)
            {
                history.Step();
                ends[history.State.Phase] = ends.GetValueOrDefault(history.State.Phase) + 1;
            }
        }
        Assert.That(ends.Keys, Is.SupersetOf(new[] { TrafficPhase.Preparing, TrafficPhase.Progressing, TrafficPhase.Baking, TrafficPhase.Promoted, TrafficPhase.RolledBack, TrafficPhase.Halted }),
            "histories that do not reach a phase say nothing about it");
    }

    private sealed class RandomHistory(int seed, RolloutPlan plan)
    {
        private readonly Random _random = new(seed);
        private readonly Dictionary<Color, int> _healthy = new() { [Color.Blue] = 2, [Color.Green] = 2 };
        private readonly double _candidateErrors = new[] { 0, 0, 0.01, 0.5 }[seed % 4];
        private RolloutCounts _counts = RolloutCounts.None;
        private ProbeCounts _probes = ProbeCounts.None;
        private readonly RolloutPlan _plan = plan with { Probes = seed % 3 == 0 };
        private DesiredTraffic? _desired = Desired(plan with { Probes = seed % 3 == 0 });

        public TrafficState State { get; private set; } = OnBlue;

        public void Step()
        {
            switch (_random.Next(12))
            {
                case 0:
                    _healthy[Color.Blue] = _random.Next(3);
                    break;
                case 1:
                    _healthy[Color.Green] = _random.Next(3);
                    break;
                case 2:
                    _healthy[Color.Blue] = _healthy[Color.Green] = 2;
                    break;
                case 3 when _random.Next(4) == 0:
                    Request();
                    break;
                case 4:
                    _probes = _probes with { CandidateSent = _probes.CandidateSent + 300, StableSent = _probes.StableSent + 300 };
                    break;
                default:
                    Attempts();
                    break;
            }
            Look(TimeSpan.FromSeconds(_random.Next(100)));
        }

        private void Request()
        {
            var (revision, color) = ((_desired?.Revision ?? State.Revision) + 1, State.Live.Other());
            _desired = _random.Next(6) switch
            {
                0 => Desired(null, revision, TrafficAction.Rollback, _random.Next(4) == 0 ? color : State.Live),
                1 => Desired(_desired?.Plan ?? _plan, revision, TrafficAction.Promote, color),
                2 when _random.Next(3) == 0 => null,
                3 => _desired is null ? null : _desired with { Revision = revision, ApprovedStep = _random.Next(4) },
                _ => Desired(_plan with { Id = $"r{revision}" }, revision, color: color),
            };
        }

        private void Attempts()
        {
            if (State is not { Rollout: { Share: > 0 and < 100 } rollout })
                return;
            var stable = _random.Next(300);
            var candidate = _random.Next(300);
            _counts = _counts.Plus(Counts(rollout.Share, candidate, (long)(candidate * _candidateErrors), stable));
        }

        private void Look(TimeSpan since)
        {
            var (before, candidate) = (State, RolloutPolicy.CandidateOf(State, _desired));
            var conditions = new RolloutConditions(
                new(candidate is { } color ? _healthy[color] : 0, Needed: 2), candidate is { } other && _healthy[other.Other()] > 0, _counts, _probes, ShadowCounts.None, 250_000, since);

            State = RolloutPolicy.Next(before, _desired, conditions);

            if (ReferenceEquals(State, before))
                State = RolloutPolicy.Refreshed(before, conditions);
            else
                Check(before, State);
            if (State.Rollout?.Plan.Id != before.Rollout?.Plan.Id)
                (_counts, _probes) = (RolloutCounts.None, ProbeCounts.None);
        }

        private void Check(TrafficState before, TrafficState after)
        {
            var why = $"seed {seed}: {before.Phase} -> {after.Phase}: {after.Reason}";
            foreach (var model in new[] { null, "pumps", "other" })
                foreach (var color in Colors.All)
                    Assert.That(
                        after.SplitOf(model).Of(color) > before.SplitOf(model).Of(color) && _healthy[color] == 0 && _healthy[color.Other()] > 0, Is.False,
                        $"traffic moves to {color}, which is not healthy while the other color is; {why}");

            var (byHand, share) = (_desired?.Action is TrafficAction.Promote or TrafficAction.Rollback, after.Rollout?.Share ?? 0);
            var grows = after.Rollout is { } rollout && share > (before.Rollout?.Plan.Id == rollout.Plan.Id ? before.Rollout.Share : 0);
            var isAlone = after.Rollout?.Share == 100 && _healthy[after.Rollout.Stable] == 0;
            if (grows && !byHand && isAlone)
                Assert.That((after.Phase, _healthy[after.Rollout!.Candidate]), Is.EqualTo((TrafficPhase.Baking, 2)), $"nothing to compare with is baked; {why}");
            else if (grows && !byHand)
            {
                Assert.That(after.Rollout!.Verdict!.Result, Is.Not.EqualTo(VerdictResult.Fail), $"more for a candidate that fails; {why}");
                Assert.That(_healthy[after.Rollout.Candidate], Is.EqualTo(2), $"more for a candidate without its servers; {why}");
                Assert.That(after.Rollout.Step - before.Rollout!.Step, Is.EqualTo(after.Phase == TrafficPhase.Promoted ? 0 : 1), $"a step was left out; {why}");
                if (after.Phase is TrafficPhase.Baking or TrafficPhase.Promoted)
                {
                    Assert.That(after.Rollout.Verdict.Result, Is.EqualTo(VerdictResult.Pass), why);
                    Assert.That(_counts.CandidateRequests >= plan.MinRequests || after.Rollout.Verdict.Source == VerdictSource.Probe, Is.True, $"too few requests; {why}");
                }
            }

            if (after.Phase == TrafficPhase.Promoted && before.Phase == TrafficPhase.Baking && before.Rollout!.Share == 100 && !byHand)
                Assert.That(isAlone && after.Reason.Contains("without a comparison", StringComparison.Ordinal), Is.True, $"nobody was told; {why}");
            if (after.Phase is not (TrafficPhase.Progressing or TrafficPhase.Baking))
                Assert.That(after.Split, Is.EqualTo(TrafficSplit.All(after.Live)), why);
            if (after.Live != before.Live)
                Assert.That(after.Phase, Is.EqualTo(TrafficPhase.Promoted).Or.EqualTo(TrafficPhase.RolledBack), why);
            if (plan.Model is not null)
                Assert.That(after.SplitOf("other"), Is.EqualTo(TrafficSplit.All(Color.Blue)), $"another model's requests moved; {why}");
            if (after.Rollout is { Verdict: { } verdict } judged)
                Assert.That(
                    VerdictPolicy.Recompute(judged.Plan, verdict, judged.SlowMicroseconds) is var again && again.Result == verdict.Result && again.Checks.Count == verdict.Checks.Count,
                    $"the recorded counts lead to another verdict; {why}");
            Assert.That(after.Revision, Is.EqualTo(before.Revision).Or.EqualTo(_desired?.Revision), why);
        }
    }
}
