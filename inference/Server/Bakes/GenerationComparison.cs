using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Slipway.Inference.Generations;
using Slipway.Registry.Models;

namespace Slipway.Inference.Bakes;

/// <summary>Runs the same requests through a candidate and the generation before it, in turn. For holders of a lease on both.</summary>
public sealed class GenerationComparison(ModelGeneration candidate, ModelGeneration before, BakeBounds bounds, TimeProvider time)
{
    private ComparisonCounts _counts;

    /// <summary>What the gate measured of these two versions; null if it compared the candidate with another one, or with none.</summary>
    public PredictedDisagreement? Predicted { get; } = candidate.Profile.Manifest.Gates.Champion == before.Profile.Manifest.Version ? candidate.Profile.Manifest.Metrics.Disagreement : null;

    /// <param name="rows">As the profile encodes them.</param>
    /// <param name="limit">Rows that do not fit are left out.</param>
    /// <returns>What is wrong with the candidate, as a sentence; null if nothing is.</returns>
    public string? Problem(IReadOnlyList<float[]> rows, ModelProfile profile, TimeSpan limit, CancellationToken given) =>
        ComparisonPolicy.Problem(Run(rows, profile, limit, given), Predicted, bounds, before.Profile.Manifest.Version);

    public ComparisonCounts Run(IReadOnlyList<float[]> rows, ModelProfile profile, TimeSpan limit, CancellationToken given)
    {
        var (toCandidate, toBefore) = (RowMapping.Between(profile, candidate.Profile), RowMapping.Between(profile, before.Profile));
        var canCompare = Predicted is not null && toCandidate.IsComplete && toBefore.IsComplete;
        _counts = default;
        var seen = new HashSet<int>();
        var started = time.GetTimestamp();
        using var deadline = new CancellationTokenSource(limit, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, given);
        var (one, two) = (candidate.Rent(1), before.Rent(1));
        try
        {
            foreach (var row in rows)
            {
                given.ThrowIfCancellationRequested();
                if (time.GetElapsedTime(started) >= limit)
                {
                    _counts = _counts with { IsCut = true };
                    break;
                }

                toCandidate.Map(row, one.Inputs);
                toBefore.Map(row, two.Inputs);
                if (candidate.Profile.FarOutside(one.Inputs) is null)
                    Compare(one, two, canCompare && seen.Add(HashOf(row)), ending.Token);
            }
        }
        finally
        {
            candidate.Return(one);
            before.Return(two);
        }

        given.ThrowIfCancellationRequested();
        return _counts;
    }

    private void Compare(RowBatch one, RowBatch two, bool canCompare, CancellationToken ending)
    {
        // in turn first, so that neither always finds the caches warm
        var candidateFirst = (_counts.Pairs & 1) == 0;
        var candidateRun = candidateFirst ? Run(one, ending) : default;
        if (Run(two, ending) is not { HasPrediction: true } beforeRun)
            return;
        if (!candidateFirst)
            candidateRun = Run(one, ending);
        var isSlower = IsSlow(candidateRun.Elapsed, beforeRun.Elapsed);
        // it was stopped before that says anything
        if (candidateRun.IsEnded && !isSlower)
            return;
        _counts = _counts with
        {
            Pairs = _counts.Pairs + 1,
            Failed = _counts.Failed + (candidateRun.HasPrediction || candidateRun.IsEnded ? 0 : 1),
            Slower = _counts.Slower + (isSlower ? 1 : 0),
            Faster = _counts.Faster + (!candidateRun.IsEnded && IsSlow(beforeRun.Elapsed, candidateRun.Elapsed) ? 1 : 0),
        };
        if (canCompare && candidateRun.HasPrediction)
            _counts = _counts with { Compared = _counts.Compared + 1, Disagreed = _counts.Disagreed + (Differs(one.Output(0), two.Output(0)) ? 1 : 0) };
    }

    private TimedAnswer Run(RowBatch batch, CancellationToken ending)
    {
        var started = time.GetTimestamp();
        try
        {
            batch.Run(ending);
        }
        catch (Exception e) when (e is OperationCanceledException or RunTimeoutException)
        {
            return new(time.GetElapsedTime(started), HasPrediction: false, IsEnded: true);
        }
        catch (OnnxRuntimeException)
        {
            return new(time.GetElapsedTime(started), HasPrediction: false, IsEnded: false);
        }

        var elapsed = time.GetElapsedTime(started);
        return new(elapsed, HasPrediction: AllFinite(batch.Outputs), IsEnded: false);
    }

    private bool IsSlow(TimeSpan elapsed, TimeSpan other) =>
        elapsed.TotalMicroseconds > BakeBaseline.SlowFloorMicroseconds && elapsed > bounds.MaxSlowdown * other;

    private bool Differs(ReadOnlySpan<float> one, ReadOnlySpan<float> two) => candidate.Profile.Schema.Task == ModelTask.Regression
        ? Math.Abs(one[0] - two[0]) > (Predicted!.Tolerance ?? double.PositiveInfinity)
        : candidate.Profile.LabelWords[candidate.Profile.LabelOf(one)] != before.Profile.LabelWords[before.Profile.LabelOf(two)];

    public static bool AllFinite(ReadOnlySpan<float> values)
    {
        foreach (var value in values)
            if (!float.IsFinite(value))
                return false;
        return true;
    }

    // the same request again is no further evidence
    private static int HashOf(float[] row)
    {
        var hash = new HashCode();
        hash.AddBytes(MemoryMarshal.AsBytes<float>(row));
        return hash.ToHashCode();
    }

    /// <param name="IsEnded">It was stopped, because nobody had more time for it.</param>
    private readonly record struct TimedAnswer(TimeSpan Elapsed, bool HasPrediction, bool IsEnded);
}
