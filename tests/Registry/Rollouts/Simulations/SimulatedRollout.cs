using Slipway.Registry.Rollouts;

namespace Slipway.Registry.Tests.Rollouts.Simulations;

internal enum SimulatedEnd
{
    Promoted,
    RolledBack,
    Halted,
}

/// <summary>Probabilities of bad attempts; an incident hits both colors alike.</summary>
internal sealed record SimulatedTraffic(double StableErrors, double CandidateErrors, double Slow = 0.01, double NotFinite = 0.0005)
{
    public int IncidentFrom { get; init; }
    public int IncidentTo { get; init; }
    public double IncidentErrors { get; init; }
}

/// <summary>
/// A rollout, request by request, which is looked at after every bad attempt: steps of a minimum of attempts on the candidate, then the last step until it
/// passes, then the bake.
/// </summary>
internal sealed class SimulatedRollout(IReadOnlyList<int> steps, int bake, long minRequests, int maxRequests, RolloutBounds bounds)
{
    private const int PassEvery = 100; // attempts on the candidate

    private readonly RunningVerdict _verdict = new([.. steps, bake], bounds.Tolerance);
    private SeededDraws _draws;

    public int Requests { get; private set; }
    public long CandidateRequests => _verdict.CandidateRequests;

    public SimulatedEnd Run(SimulatedTraffic traffic, ulong seed)
    {
        _verdict.Clear();
        _draws = new(seed);
        Requests = 0;
        for (var step = 0; step <= steps.Count; step++)
        {
            var last = step >= steps.Count - 1;
            var (attempts, mayGoOn) = (0, false);
            while (!mayGoOn)
            {
                if (++Requests > maxRequests)
                    return SimulatedEnd.Halted;
                var onCandidate = _draws.Happens((step < steps.Count ? steps[step] : bake) / 100.0);
                _verdict.Attempt(step, onCandidate);
                if (Outcome(traffic, onCandidate) is { } bad)
                {
                    _verdict.Bad(step, onCandidate, bad);
                    if (_verdict.E >= 1 / bounds.FailAlpha)
                        return SimulatedEnd.RolledBack;
                }
                if (onCandidate)
                    mayGoOn = ++attempts >= minRequests && (!last || (attempts % PassEvery == 0 && Passes()));
            }
        }
        return SimulatedEnd.Promoted;
    }

    /// <summary>As the policy would judge what has been counted so far.</summary>
    public RolloutVerdict Judge() => VerdictPolicy.Judge(_verdict.Counts(), ProbeCounts.None, bounds, minRequests, useProbes: false);

    public double E => _verdict.E;

    private RolloutCheck? Outcome(SimulatedTraffic traffic, bool onCandidate)
    {
        var errors = Requests > traffic.IncidentFrom && Requests <= traffic.IncidentTo ? traffic.IncidentErrors
            : onCandidate ? traffic.CandidateErrors : traffic.StableErrors;
        var drawn = _draws.Next();
        return drawn < errors ? RolloutCheck.Errors
            : drawn < errors + traffic.NotFinite ? RolloutCheck.NotFinite
            : drawn < errors + traffic.NotFinite + traffic.Slow ? RolloutCheck.Slow
            : null;
    }

    private bool Passes()
    {
        var counts = _verdict.Counts();
        return CheckPolicy.Checks.All(check => CheckPolicy.Judge(check, counts, bounds, counts.CandidateRequests).Result == VerdictResult.Pass);
    }
}
