using Slipway.Registry.Rollouts;

namespace Slipway.Registry.Tests.Rollouts;

/// <summary>A gateway that draws the color of each request, and asks for the verdict again and again.</summary>
public sealed class VerdictTrialTests
{
    private const int Seed = 20261130;
    private const int Attempts = 1500;
    private const int BetweenLooks = 50;

    private static readonly RolloutBounds Bounds = new(SlowMilliseconds: 250);
    private static readonly Func<RolloutCounts, VerdictResult> Policy = counts => VerdictPolicy.Judge(counts, ProbeCounts.None, Bounds, minRequests: 100, useProbes: false).Result;

    [TestCase(false)]
    [TestCase(true)]
    public void ABadCandidateIsAlwaysFailed(bool slow) => Trials.Run(Seed, 100, random => Problem(random, Policy, candidate: 0.3, slow, isToFail: true)).ShouldHold();

    [TestCase(false)]
    [TestCase(true)]
    public void ACandidateThatIsAsGoodIsNotFailed(bool slow) => Trials.Run(Seed, 200, random => Problem(random, Policy, candidate: null, slow, isToFail: false)).ShouldHold();

    [Test]
    public void WhoeverLooksForAFailureFindsNoneInAGoodCandidate() => Trials.Run(Seed, 20, random => Problem(random, Policy, candidate: null, slow: false, isToFail: true)).ShouldFail();

    [Test]
    public void ComparingRatesAtEveryLookFailsGoodCandidates() => Trials.Run(Seed, 20, random => Problem(random, CompareRates, candidate: null, slow: false, isToFail: false)).ShouldFail();

    /// <param name="candidate">The rate of its bad attempts; null for that of stable.</param>
    private static string? Problem(Random random, Func<RolloutCounts, VerdictResult> judge, double? candidate, bool slow, bool isToFail)
    {
        var (share, stableRate) = (random.Next(10, 51), random.NextDouble() * 0.02);
        long[] sent = [0, 0], bad = [0, 0];
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var color = random.Next(100) < share ? 1 : 0;
            sent[color]++;
            bad[color] += random.NextDouble() < (color == 1 ? candidate ?? stableRate : stableRate) ? 1 : 0;
            if (attempt % BetweenLooks == 0 && judge(new([new(share, Arm(sent[1], bad[1], slow), Arm(sent[0], bad[0], slow))])) == VerdictResult.Fail)
                return isToFail ? null : $"failed after {attempt} attempts: {bad[1]} of {sent[1]} on the candidate, {bad[0]} of {sent[0]} on stable";
        }

        return isToFail ? $"not failed: {bad[1]} of {sent[1]} on the candidate, {bad[0]} of {sent[0]} on stable" : null;
    }

    private static ArmCounts Arm(long sent, long bad, bool slow) => slow ? new(Answered: sent - bad, Slow: bad) : new(Answered: sent - bad, Errors: bad);

    private static VerdictResult CompareRates(RolloutCounts counts)
    {
        var share = counts.Shares[0];
        return share.Candidate.Bad(RolloutCheck.Errors) * share.Stable.Requests > share.Stable.Bad(RolloutCheck.Errors) * share.Candidate.Requests ? VerdictResult.Fail : VerdictResult.Inconclusive;
    }
}
