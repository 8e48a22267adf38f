using Slipway.Registry.Rollouts;
using Slipway.Registry.Rollouts.Statistics;
using Slipway.Registry.Traffic;

namespace Slipway.Registry.Tests.Rollouts.Simulations;

/// <summary>One rollout by the policy itself, looked at every second, with forty requests a second whose latencies are spread as those of real servers.</summary>
internal sealed class SlowStart(RolloutPlan plan, double timesSlower, ulong seed, long? slowFromTheStart)
{
    private const int RequestsPerSecond = 40;
    private const double MedianMicroseconds = 4000;
    private const double Spread = 0.5; // of the logarithm: the 99th percentile is 3.2 times the median
    private const int ColdAnswers = 40; // of each server

    private readonly RolloutFixture _rollout = new(plan) { Healthy = plan.Servers, Needed = plan.Servers, StableP99 = null };
    private readonly SortedDictionary<int, long> _stable = [];
    private readonly int[] _answers = new int[plan.Servers];
    private SeededDraws _draws = new(seed);
    private int _seconds;

    public TrafficState Run()
    {
        _rollout.Look();
        while (RolloutPolicy.IsRunning(_rollout.State) && _seconds++ < 3600)
        {
            _rollout.LookAndWrite(1);
            for (var i = 0; i < RequestsPerSecond; i++)
                Answer();
            _rollout.StableP99 = _stable.Values.Sum() >= 100 ? (long)FixedSample.Quantile(new(_stable), 0.99)!.Microseconds : null;
        }
        return _rollout.State;
    }

    private void Answer()
    {
        if (_rollout.State.Rollout is not { } rollout)
            return;
        var onCandidate = _draws.Happens(rollout.Share / 100.0);
        var microseconds = (long)(Latency() * (onCandidate ? timesSlower * Coldness() : 1));
        if (!onCandidate)
            _stable[LatencyBuckets.Of(microseconds)] = _stable.GetValueOrDefault(LatencyBuckets.Of(microseconds)) + 1;
        var isSlow = microseconds > (rollout.SlowMicroseconds ?? slowFromTheStart);
        var arm = isSlow ? new ArmCounts(Slow: 1) : new ArmCounts(Answered: 1);
        _rollout.Counts = _rollout.Counts.Plus(new([new(rollout.Share, onCandidate ? arm : ArmCounts.None, onCandidate ? ArmCounts.None : arm)]));
    }

    /// <summary>How many times slower a server answers that has just started.</summary>
    private double Coldness()
    {
        var answered = _answers[_draws.Below(plan.Servers)]++;
        return answered < 5 ? 40 : answered < ColdAnswers ? 8 : _seconds < 8 ? 2.5 : 1;
    }

    // Box and Muller
    private double Latency() =>
        MedianMicroseconds * Math.Exp(Spread * Math.Sqrt(-2 * Math.Log(1 - _draws.Next())) * Math.Cos(2 * Math.PI * _draws.Next()));
}
