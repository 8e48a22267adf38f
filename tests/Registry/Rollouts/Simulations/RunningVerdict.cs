using Slipway.Registry.Rollouts;
using Slipway.Registry.Rollouts.Statistics;

namespace Slipway.Registry.Tests.Rollouts.Simulations;

/// <summary>
/// The e-value of <see cref="VerdictPolicy"/>, kept up to date by one multiplication for each factor, so that millions of attempts can be looked at one by
/// one. A test shows that both are the same.
/// </summary>
internal sealed class RunningVerdict
{
    private static readonly int Checks = CheckPolicy.Checks.Count;
    private static readonly int Factors = RateRatioTest.FailFactors.Count;

    private readonly int[] _shares;
    private readonly double[] _onCandidate; // by share and factor
    private readonly double[] _onStable;
    private readonly double[] _terms = new double[Checks * Factors];
    private readonly double[] _eValues = new double[Checks];
    private readonly long[] _bad; // by share, check, and candidate or stable
    private readonly long[] _requests; // by share, and candidate or stable

    public RunningVerdict(IReadOnlyList<int> shares, double tolerance)
    {
        _shares = [.. shares];
        _onCandidate = new double[shares.Count * Factors];
        _onStable = new double[shares.Count * Factors];
        _bad = new long[shares.Count * Checks * 2];
        _requests = new long[shares.Count * 2];
        foreach (var (i, share) in shares.Index())
            foreach (var (j, factor) in RateRatioTest.FailFactors.Index())
            {
                _onStable[i * Factors + j] = 1 / (1 + (factor - 1) * RateRatioTest.ExpectedShare(tolerance, share));
                _onCandidate[i * Factors + j] = factor * _onStable[i * Factors + j];
            }
        Clear();
    }

    public long CandidateRequests { get; private set; }

    /// <summary>The mean of the checks' e-values.</summary>
    public double E => (_eValues[0] + _eValues[1] + _eValues[2]) / Checks;

    public void Clear()
    {
        Array.Fill(_terms, 1);
        Array.Fill(_eValues, 1);
        Array.Clear(_bad);
        Array.Clear(_requests);
        CandidateRequests = 0;
    }

    public void Attempt(int share, bool onCandidate)
    {
        _requests[2 * share + (onCandidate ? 0 : 1)]++;
        if (onCandidate)
            CandidateRequests++;
    }

    public void Bad(int share, bool onCandidate, RolloutCheck check)
    {
        _bad[2 * (share * Checks + (int)check) + (onCandidate ? 0 : 1)]++;
        var steps = (onCandidate ? _onCandidate : _onStable).AsSpan(share * Factors, Factors);
        var terms = _terms.AsSpan((int)check * Factors, Factors);
        var sum = 0.0;
        for (var i = 0; i < terms.Length; i++)
            sum += terms[i] *= steps[i];
        _eValues[(int)check] = sum / Factors;
    }

    public RolloutCounts Counts() => new([.. _shares.Select((share, i) => new ShareCounts(share, Arm(i, 0), Arm(i, 1))).Where(share => share.Candidate.Requests + share.Stable.Requests > 0)]);

    private ArmCounts Arm(int share, int arm)
    {
        var (errors, notFinite, slow) = (Of(RolloutCheck.Errors), Of(RolloutCheck.NotFinite), Of(RolloutCheck.Slow));
        return new(Answered: _requests[2 * share + arm] - errors - notFinite - slow, Slow: slow, Errors: errors, NotFinite: notFinite);

        long Of(RolloutCheck check) => _bad[2 * (share * Checks + (int)check) + arm];
    }
}
