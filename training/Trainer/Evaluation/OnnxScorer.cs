using System.Collections.Concurrent;
using Microsoft.ML.OnnxRuntime;
using Slipway.Registry;
using Slipway.Registry.Models;
using Slipway.Trainer.Data;

namespace Slipway.Trainer.Evaluation;

/// <summary>
/// Scores rows with an ONNX model in ONNX Runtime: exactly what will be served. With one thread for each batch, so that sums are added in one order, and batches on
/// all cores. A file may contain an endless loop, so a run that takes too long is cancelled. Thread-safe.
/// </summary>
public sealed class OnnxScorer : IDisposable
{
    private const int BatchSize = 4096;

    private static readonly TimeSpan MaxRunTime = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    private readonly InferenceSession _session;
    private readonly ConcurrentDictionary<EncodedRows, float[]> _scored = new();
    private readonly ConcurrentBag<Lane> _free = [];
    private readonly ConcurrentQueue<Lane> _lanes = new();
    private readonly ITimer _watch;
    private readonly string[] _inputs = [ModelSchema.InputName];
    private readonly string[] _outputs;
    private readonly int _outputWidth;
    private TimeSpan _limit = MaxRunTime;

    public OnnxScorer(byte[] onnx, TensorSchema output)
    {
        (_outputs, _outputWidth) = ([output.Name], output.Width);
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        _session = new(onnx, options);
        _watch = TimeProvider.System.CreateTimer(_ => EndThoseOverTheLimit(), null, PollInterval, PollInterval);
    }

    /// <summary>Runs every batch size that a server tries before it serves a model, within a server's time limit.</summary>
    /// <exception cref="SlipwayException">One of them fails; the message says which.</exception>
    public void TryBatchSizes(EncodedRows rows)
    {
        _limit = BatchSizes.MaxRunTime;
        foreach (var size in BatchSizes.WarmUp)
        {
            var values = new float[size * rows.Width];
            for (var i = 0; i < values.Length; i++)
                values[i] = rows.Values[i % rows.Values.Length];
            try
            {
                Run(values, rows.Width, size, new float[size * _outputWidth]);
            }
            catch (OnnxRuntimeException e)
            {
                throw new SlipwayException($"The model fails for {Rows(size)} at once, which a server tries before it serves a model: {e.Message}", e);
            }
        }

        _limit = MaxRunTime;
    }

    /// <summary>An entry of a model's <c>metadata_props</c>, or null.</summary>
    public static string? Metadata(byte[] onnx, string key)
    {
        using var session = new InferenceSession(onnx);
        return session.ModelMetadata.CustomMetadataMap.GetValueOrDefault(key);
    }

    /// <summary>The predictions, row after row, each as wide as the output. The same rows are scored once.</summary>
    /// <returns>Shared by all who ask for them: not to be changed.</returns>
    public float[] Score(EncodedRows rows) => _scored.GetOrAdd(rows, unscored => Score(unscored.Values, unscored.Width));

    public float[] Score(float[] values, int width)
    {
        var count = values.Length / width;
        var scores = new float[count * _outputWidth];
        RowBatches.InParallel(count, BatchSize, (start, size) =>
            Run(values.AsMemory(start * width, size * width), width, size, scores.AsMemory(start * _outputWidth, size * _outputWidth)));
        return scores;
    }

    private void Run(Memory<float> values, int width, int rows, Memory<float> scores)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, values, [rows, width]);
        using var output = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, scores, [rows, _outputWidth]);
        var lane = Take();
        lane.Run.Begin();
        try
        {
            _session.Run(lane.Options, _inputs, [input], _outputs, [output]);
        }
        catch (OnnxRuntimeException e) when (lane.Run.WasEnded)
        {
            throw new SlipwayException(FormattableString.Invariant(
                $"The model made no prediction for {Rows(rows)} within {_limit.TotalSeconds:0.###} s, and was stopped: no server would serve it. Check it for an endless loop."), e);
        }
        finally
        {
            lane.Run.Done();
            _free.Add(lane);
        }
    }

    /// <summary>What one run at a time needs.</summary>
    private Lane Take()
    {
        if (_free.TryTake(out var free))
            return free;
        var options = new RunOptions();
        var lane = new Lane(options, new(terminate => options.Terminate = terminate, TimeProvider.System));
        _lanes.Enqueue(lane);
        return lane;
    }

    private void EndThoseOverTheLimit()
    {
        foreach (var lane in _lanes)
            lane.Run.EndIfOver(_limit);
    }

    private static string Rows(int count) => count == 1 ? "1 row" : FormattableString.Invariant($"{count} rows");

    public void Dispose()
    {
        _watch.Dispose();
        foreach (var lane in _lanes)
            lane.Options.Dispose();
        _session.Dispose();
    }

    private sealed record Lane(RunOptions Options, TimedRun Run);
}
