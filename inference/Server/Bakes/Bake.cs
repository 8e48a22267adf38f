using Microsoft.ML.OnnxRuntime;
using Slipway.Inference.Generations;
using static System.FormattableString;

namespace Slipway.Inference.Bakes;

/// <summary>
/// Compares a generation with the one before it, while that one is kept warm. Everything is decided by the request that gives the reason, on its own thread: the next
/// request is answered by the generation before. Only one request at a time runs anything through that one; what is doubtful meanwhile is not counted.
/// </summary>
/// <param name="putBack">Given the reason, puts the generation before back.</param>
public sealed class Bake(ModelGeneration baking, ModelGeneration before, LiveTraffic traffic, BakeBaseline baseline, BakeSettings settings, Action<string> putBack, TimeProvider time)
{
    private readonly AnswerBins _bins = AnswerBins.Of(baking.Profile);
    private readonly bool _canShift = RowMapping.Between(before.Profile, baking.Profile).IsComplete;
    private readonly int[] _inBin = new int[AnswerBins.Count];

    private int _answers;
    private int _timed;
    private int _slow;
    private int _failures;
    private int _nextComparison;
    private long _failedAt = time.GetTimestamp();
    private int _comparing;

    public void Answered(int rows, TimeSpan elapsed, ReadOnlySpan<float> row)
    {
        var answers = Interlocked.Increment(ref _answers);
        if (baseline.SlowMicroseconds is { } bound && rows <= AnswerTally.MaxTimedRows)
        {
            var timed = Interlocked.Increment(ref _timed);
            if (elapsed.TotalMicroseconds > bound && BakePolicy.OnSlow(Interlocked.Increment(ref _slow), timed) == BakeVerdict.Compare)
                Compare(answers);
        }

        var bin = _bins.Of(row);
        if (_canShift && BakePolicy.OnBin(bin, Interlocked.Increment(ref _inBin[bin]), answers, baseline) == BakeVerdict.Compare)
            Compare(answers);
    }

    /// <summary>One request that this generation fails and the one before predicts is enough: it says nothing about time or luck.</summary>
    public void Failed(RowBatch batch) => Exclusively(() =>
    {
        if (IsPredictedBefore(batch, Timeout.InfiniteTimeSpan))
            PutBack(batch, $"it has no finite prediction for a request for which version {VersionBefore} has one.");
    });

    /// <summary>A stop of the whole machine makes all runs of that moment take too long: they count as one.</summary>
    public void TimedOut(RowBatch batch, long started) => Exclusively(() =>
    {
        if (started < Interlocked.Read(ref _failedAt) || !IsPredictedBefore(batch, BakeSettings.ComparisonTime))
            return;
        Interlocked.Exchange(ref _failedAt, time.GetTimestamp());
        var failures = Interlocked.Increment(ref _failures);
        if (BakePolicy.OnFailure(failures, Volatile.Read(ref _answers), baseline) == BakeVerdict.PutBack)
            PutBack(batch, Invariant($"{failures} of {Volatile.Read(ref _answers) + failures} runs were stopped because they took too long, for requests that version {VersionBefore} predicts at once."));
    });

    private string VersionBefore => before.Profile.VersionText.Value;

    // An answer that remains doubtful is looked at again after twice as many.
    private void Compare(int answers)
    {
        if (answers < Volatile.Read(ref _nextComparison))
            return;
        Exclusively(() =>
        {
            Volatile.Write(ref _nextComparison, 2 * answers);
            if (traffic.Rows is { } rows && before.TryLease())
                using (new ModelLease(before))
                    if (new GenerationComparison(baking, before, settings.Bounds, time).Problem(rows.Copy(), rows.Profile, BakeSettings.ComparisonTime, CancellationToken.None) is { } problem)
                        putBack(problem);
        });
    }

    // The next attempt at this version meets the request before it answers anybody.
    private void PutBack(RowBatch batch, string reason)
    {
        for (var row = 0; row < Math.Min(batch.Rows, traffic.Rows?.Capacity ?? 0); row++)
            traffic.Rows!.Keep(batch.Input(row));
        putBack(reason);
    }

    private bool IsPredictedBefore(RowBatch batch, TimeSpan limit)
    {
        if (!before.TryLease())
            return false;
        using var lease = new ModelLease(before);
        using var deadline = new CancellationTokenSource(limit, time);
        var mapping = RowMapping.Between(baking.Profile, before.Profile);
        var again = before.Rent(batch.Rows);
        try
        {
            for (var row = 0; row < batch.Rows; row++)
                mapping.Map(batch.Input(row), again.Input(row));
            again.Run(deadline.Token);
            return GenerationComparison.AllFinite(again.Outputs);
        }
        catch (Exception e) when (e is OperationCanceledException or RunTimeoutException or OnnxRuntimeException)
        {
            // then the request, or the machine, is the reason
            return false;
        }
        finally
        {
            before.Return(again);
        }
    }

    private void Exclusively(Action decide)
    {
        if (Interlocked.CompareExchange(ref _comparing, 1, 0) != 0)
            return;
        try
        {
            decide();
        }
        finally
        {
            Volatile.Write(ref _comparing, 0);
        }
    }
}
