using Slipway.Registry.Rollouts;

namespace Slipway.Registry.Tests.Rollouts.Simulations;

/// <summary>
/// Seeded rollouts, ten thousand of each kind; a long run has more: <c>dotnet test ... -- 'TestRunParameters.Parameter(name="rollouts", value="1000000")'</c>.
/// The figures are written to the output of the test.
/// </summary>
public sealed class RolloutSimulationTests
{
    private const int MaxRequests = 40_000;
    private const long MinRequests = 100;

    private static readonly int Rollouts = TestContext.Parameters.Get("rollouts", 10_000);
    private static readonly int[] Steps = [1, 5, 25, 50];
    private static readonly RolloutBounds Bounds = new(SlowMilliseconds: 250);

    [Test]
    public void TheRunningVerdictIsThePolicys()
    {
        var rollout = new SimulatedRollout(Steps, 90, MinRequests, MaxRequests, Bounds);
        var ends = new HashSet<SimulatedEnd>();
        for (var seed = 0UL; seed < 300; seed++)
        {
            var end = rollout.Run(new(0.005, (seed % 3) switch { 0 => 0.005, 1 => 0.02, _ => 0.2 }), seed);
            var verdict = rollout.Judge();

            Assert.That(Math.Log(rollout.E), Is.EqualTo(verdict.LnFail).Within(1e-9), $"seed {seed}");
            Assert.That(verdict.Result, Is.EqualTo(end switch
            {
                SimulatedEnd.RolledBack => VerdictResult.Fail,
                SimulatedEnd.Promoted => VerdictResult.Pass,
                _ => VerdictResult.Inconclusive,
            }), $"seed {seed}: {verdict.Sentence}");
            ends.Add(end);
        }
        Assert.That(ends, Is.SupersetOf(new[] { SimulatedEnd.RolledBack, SimulatedEnd.Promoted }));
    }

    [Test]
    public void AHealthyCandidateIsNotTakenBack()
    {
        var figures = Run(new(0.005, 0.005));

        Assert.That(figures.RolledBack, Is.LessThanOrEqualTo(Rollouts / 1000));
        Assert.That(figures.Promoted, Is.GreaterThan(Rollouts * 9 / 10), "the plan leads somewhere");
    }

    [Test]
    public void AHealthyCandidateIsNotTakenBackWhileAnIncidentHitsBothColors()
    {
        var figures = Run(new(0.005, 0.005) { IncidentFrom = 9000, IncidentTo = 13_000, IncidentErrors = 0.2 });

        Assert.That(figures.RolledBack, Is.LessThanOrEqualTo(Rollouts / 1000));
    }

    /// <summary>The control: the same rollouts find a candidate that is bad.</summary>
    [TestCase(0.05)]
    [TestCase(0.3)]
    [TestCase(1.0)]
    public void ABadCandidateIsTakenBack(double errors)
    {
        var figures = Run(new(0.005, errors));

        Assert.That(figures.Promoted, Is.Zero);
        Assert.That(figures.RolledBack, Is.EqualTo(Rollouts));
    }

    [Test]
    public void ACandidateWithThirtyPercentErrorsAtTenPercentIsTakenBackAfter35Attempts()
    {
        var rollout = new SimulatedRollout([10], 90, minRequests: 1_000_000, MaxRequests, Bounds);
        var attempts = new long[Rollouts];
        for (var i = 0; i < Rollouts; i++)
        {
            Assert.That(rollout.Run(new(0.005, 0.3), (ulong)i), Is.EqualTo(SimulatedEnd.RolledBack));
            attempts[i] = rollout.CandidateRequests;
        }
        Array.Sort(attempts);

        TestContext.Out.WriteLine($"30 % errors at a share of 10 %, {Rollouts} rollouts: taken back after {attempts[Rollouts / 2]} attempts on the candidate (median), {attempts[Rollouts * 95 / 100]} (95th percentile)");
        Assert.That(attempts[Rollouts * 95 / 100], Is.LessThanOrEqualTo(35));
    }

    private static Figures Run(SimulatedTraffic traffic)
    {
        var rollout = new SimulatedRollout(Steps, 90, MinRequests, MaxRequests, Bounds);
        var ends = new int[3];
        var (requests, candidate) = (new List<int>(), new List<long>());
        for (var seed = 0UL; seed < (ulong)Rollouts; seed++)
        {
            ends[(int)rollout.Run(traffic, seed)]++;
            requests.Add(rollout.Requests);
            candidate.Add(rollout.CandidateRequests);
        }
        requests.Sort();
        candidate.Sort();
        TestContext.Out.WriteLine(
            $"{Rollouts} rollouts, {traffic}: {ends[0]} promoted, {ends[1]} rolled back, {ends[2]} halted; "
            + $"requests {requests[Rollouts / 2]} (median), {requests[Rollouts * 95 / 100]} (95th percentile); "
            + $"attempts on the candidate {candidate[Rollouts / 2]} (median), {candidate[Rollouts * 95 / 100]} (95th percentile)");
        return new(ends[0], ends[1]);
    }

    private readonly record struct Figures(int Promoted, int RolledBack);
}
