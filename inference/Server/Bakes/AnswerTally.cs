using Slipway.Inference.Generations;
using Slipway.Registry.Models;
using Slipway.Registry.Rollouts;

namespace Slipway.Inference.Bakes;

/// <summary>
/// What a generation did with its recent live requests: how many runs it answered and failed, how long they took, and what it predicted. A request adds to it
/// without an allocation and without a lock. Of a request with many rows, one row is counted: its rows say the same about the model, not more.
/// </summary>
public sealed class AnswerTally(ModelProfile profile)
{
    /// <summary>Beyond it, a new window begins; the last two count.</summary>
    public const int WindowSize = 8192;

    /// <summary>A larger batch says more about its size than about the model.</summary>
    public const int MaxTimedRows = 64;

    private readonly AnswerBins _bins = AnswerBins.Of(profile);
    private Window _current = new();
    private Window? _previous;

    /// <param name="row">The outputs of one of its rows.</param>
    public void Answered(int rows, TimeSpan elapsed, ReadOnlySpan<float> row)
    {
        var window = Volatile.Read(ref _current);
        if (rows <= MaxTimedRows)
            Interlocked.Increment(ref window.Latencies[LatencyBuckets.Of((long)elapsed.TotalMicroseconds)]);
        Interlocked.Increment(ref window.Bins[_bins.Of(row)]);
        // a request that is counted at this moment may be in either window
        if (Interlocked.Increment(ref window.Answers) == WindowSize)
        {
            Volatile.Write(ref _previous, window);
            Volatile.Write(ref _current, new());
        }
    }

    public void Failed() => Interlocked.Increment(ref Volatile.Read(ref _current).Failures);

    /// <summary>What a generation that follows is compared with.</summary>
    public BakeBaseline Baseline(BakeBounds bounds)
    {
        Window[] windows = [.. new[] { Volatile.Read(ref _previous), Volatile.Read(ref _current) }.OfType<Window>()];
        return BakeBaseline.Of(
            windows.Sum(window => (long)Volatile.Read(ref window.Answers)), windows.Sum(window => (long)Volatile.Read(ref window.Failures)),
            Sum(windows, window => window.Latencies), Sum(windows, window => window.Bins), bounds);
    }

    private static long[] Sum(Window[] windows, Func<Window, int[]> counts) =>
        [.. Enumerable.Range(0, counts(windows[0]).Length).Select(at => windows.Sum(window => (long)Volatile.Read(ref counts(window)[at])))];

    private sealed class Window
    {
        public readonly int[] Latencies = new int[LatencyBuckets.Count];
        public readonly int[] Bins = new int[AnswerBins.Count];
        public int Answers;
        public int Failures;
    }
}

/// <summary>Which of a few bins a prediction is in: that of its label, or for regression that of its part of the range of the training data.</summary>
public sealed class AnswerBins
{
    /// <summary>Classes beyond that share the last bin.</summary>
    public const int Count = 16;

    private readonly ModelProfile _profile;
    private readonly float _least;
    private readonly float _width;

    private AnswerBins(ModelProfile profile, float least, float width) => (_profile, _least, _width) = (profile, least, width);

    public static AnswerBins Of(ModelProfile profile)
    {
        // what most of the target's values are within; a model without these numbers has one bin, which cannot shift
        var values = profile.Schema.Task == ModelTask.Regression ? profile.Manifest.Metrics.Data.LabelValues : null;
        return values is { StandardDeviation: > 0 and < float.MaxValue }
            ? new(profile, (float)(values.Mean - 2 * values.StandardDeviation), (float)(4 * values.StandardDeviation / (Count - 2)))
            : new(profile, 0, float.PositiveInfinity);
    }

    public int Of(ReadOnlySpan<float> row) => _profile.Schema.Task == ModelTask.Regression
        ? row[0] < _least ? 0 : (int)Math.Min(Count - 1, 1 + (row[0] - _least) / _width)
        : Math.Min(_profile.LabelOf(row), Count - 1);
}
