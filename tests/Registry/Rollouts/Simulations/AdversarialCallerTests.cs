using Slipway.Registry.Rollouts;

namespace Slipway.Registry.Tests.Rollouts.Simulations;

/// <summary>
/// A caller whose requests make any server fail, and who chooses when to send them: with any period, or knowing which color answered the last one and what the
/// e-value is. It cannot choose its color, so the candidate is taken back no more often than the plan allows.
/// </summary>
public sealed class AdversarialCallerTests
{
    private const int Requests = 400;

    private static readonly int Rollouts = TestContext.Parameters.Get("rollouts", 10_000);
    private static readonly RolloutBounds Bounds = new();

    /// <param name="Number">Of the request that comes next.</param>
    /// <param name="LastOnCandidate">Which color answered the last request.</param>
    /// <param name="E">What nobody outside can see.</param>
    private readonly record struct Known(int Number, bool LastOnCandidate, double E);

    private static readonly Dictionary<string, Func<Known, bool>> Strategies = new()
    {
        ["always"] = _ => true,
        ["every second request"] = known => known.Number % 2 == 0,
        ["every third request"] = known => known.Number % 3 == 0,
        ["every 10th request"] = known => known.Number % 10 == 0,
        ["every 89th request"] = known => known.Number % 89 == 0,
        ["after the candidate answered"] = known => known.LastOnCandidate,
        ["after stable answered"] = known => !known.LastOnCandidate,
        ["while the evidence grows"] = known => known.E >= 1,
        ["while there is no evidence"] = known => known.E < 1,
        ["until the evidence is strong"] = known => known.E < 20,
    };

    [Test]
    public void MovesNothing([ValueSource(nameof(Names))] string strategy, [Values(1, 10, 50)] int share)
    {
        var rolledBack = Run(share, Strategies[strategy], stickyToCandidate: false);

        TestContext.Out.WriteLine($"{Rollouts} rollouts at {share} %, bad requests {strategy}: {rolledBack} rolled back");
        Assert.That(rolledBack, Is.LessThanOrEqualTo(Rollouts / 1000));
    }

    /// <summary>The control, and the limit of the test: who may choose the color, counts as often as it likes.</summary>
    [Test]
    public void WhoCouldChooseTheColorWouldMoveIt() => Assert.That(Run(10, _ => true, stickyToCandidate: true), Is.EqualTo(Rollouts));

    private static IEnumerable<string> Names() => Strategies.Keys;

    private static int Run(int share, Func<Known, bool> isBad, bool stickyToCandidate)
    {
        var verdict = new RunningVerdict([share], Bounds.Tolerance);
        var rolledBack = 0;
        for (var seed = 0UL; seed < (ulong)Rollouts; seed++)
        {
            verdict.Clear();
            var draws = new SeededDraws(seed);
            var last = false;
            for (var number = 0; number < Requests; number++)
            {
                var bad = isBad(new(number, last, verdict.E));
                last = stickyToCandidate || draws.Happens(share / 100.0);
                verdict.Attempt(0, last);
                if (!bad)
                    continue;
                verdict.Bad(0, last, RolloutCheck.Errors);
                if (verdict.E >= 1 / Bounds.FailAlpha)
                {
                    rolledBack++;
                    break;
                }
            }
        }
        return rolledBack;
    }
}
