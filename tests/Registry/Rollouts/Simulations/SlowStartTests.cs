using Slipway.Registry.Rollouts;
using Slipway.Registry.Traffic;

namespace Slipway.Registry.Tests.Rollouts.Simulations;

/// <summary>
/// Seeded rollouts, second by second, of a candidate whose servers have just started: their first answers take many times as long, and all of them longer for a
/// few seconds, as code that is compiled while it runs does.
/// </summary>
public sealed class SlowStartTests
{
    private const int Rollouts = 25;

    /// <summary>As for staging and production: without a bound of its own.</summary>
    private static readonly RolloutPlan Plan = SampleRollouts.Plan with
    {
        Steps = [new(10), new(50)],
        Hold = TimeSpan.FromMinutes(1),
        MinRequests = 200,
        Servers = 2,
        Bounds = new(MaxBadRate: 0.02),
    };

    [Test]
    public void AHealthyCandidateThatHasJustStartedIsNotTakenBack() =>
        Assert.That(Ends(Plan, timesSlower: 1).Select(end => end.Phase), Is.All.EqualTo(TrafficPhase.Promoted));

    [Test]
    public void ACandidateOnASomewhatSlowerMachineIsNotTakenBack() =>
        Assert.That(Ends(Plan, timesSlower: 1.25).Select(end => end.Phase), Is.All.EqualTo(TrafficPhase.Promoted));

    [Test]
    public void ACandidateThatIsFiveTimesSlowerIsTakenBack()
    {
        var ends = Ends(Plan, timesSlower: 5);

        Assert.That(ends.Select(end => end.Phase), Is.All.EqualTo(TrafficPhase.RolledBack));
        Assert.That(ends.Select(end => end.Rollout!.Step), Is.All.Zero, "in its first step");
        Assert.That(ends[0].Reason, Does.Contain("slow"));
    }

    /// <summary>The control: with a bound that holds from the first request, the same candidates are taken back.</summary>
    [Test]
    public void WithoutAWarmUpTheHealthyOnesWouldBeTakenBack() =>
        Assert.That(Ends(Plan, timesSlower: 1, slowFromTheStart: 10_000).Count(end => end.Phase == TrafficPhase.RolledBack), Is.GreaterThan(Rollouts / 2));

    private static List<TrafficState> Ends(RolloutPlan plan, double timesSlower, long? slowFromTheStart = null)
    {
        var ends = Enumerable.Range(0, Rollouts).Select(seed => new SlowStart(plan, timesSlower, (ulong)seed, slowFromTheStart).Run()).ToList();
        TestContext.Out.WriteLine($"{Rollouts} rollouts, {timesSlower} times slower: {string.Join(", ", ends.GroupBy(end => end.Phase).Select(end => $"{end.Count()} {end.Key}"))}; {ends[0].Reason}");
        return ends;
    }
}
