using Microsoft.ML.OnnxRuntime;
using Slipway.Registry;
using Slipway.Registry.Models;
using Slipway.Trainer.Data;

namespace Slipway.Trainer.Evaluation;

/// <summary>
/// Scores rows with an ONNX model in ONNX Runtime: exactly what will be served. With one thread, so that sums are added in one order. A file may contain an
/// endless loop, so a run that takes too long is cancelled.
/// </summary>
public sealed class OnnxScorer : IDisposable
{
    private const int BatchSize = 4096;

    private static readonly TimeSpan MaxRunTime = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly TimedRun _run;
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
        _run = new(terminate => _options.Terminate = terminate, TimeProvider.System);
        _watch = TimeProvider.System.CreateTimer(_ => _run.EndIfOver(_limit), null, PollInterval, PollInterval);
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

    /// <summary>The predictions, row after row, each as wide as the output.</summary>
    public float[] Score(EncodedRows rows) => Score(rows.Values, rows.Width);

    public float[] Score(float[] values, int width)
    {
        var count = values.Length / width;
        var scores = new float[count * _outputWidth];
        for (var start = 0; start < count; start += BatchSize)
        {
            var size = Math.Min(BatchSize, count - start);
            Run(values.AsMemory(start * width, size * width), width, size, scores.AsMemory(start * _outputWidth, size * _outputWidth));
        }

        return scores;
    }

    private void Run(Memory<float> values, int width, int rows, Memory<float> scores)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, values, [rows, width]);
        using var output = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, scores, [rows, _outputWidth]);
        _run.Begin();
        try
        {
            _session.Run(_options, _inputs, [input], _outputs, [output]);
        }
        catch (OnnxRuntimeException e) when (_run.WasEnded)
        {
            throw new SlipwayException(FormattableString.Invariant(
                $"The model made no prediction for {Rows(rows)} within {_limit.TotalSeconds:0.###} s, and was stopped: no server would serve it. Check it for an endless loop."), e);
        }
        finally
        {
            _run.Done();
        }
    }

    private static string Rows(int count) => count == 1 ? "1 row" : FormattableString.Invariant($"{count} rows");

    public void Dispose()
    {
        _watch.Dispose();
        _options.Dispose();
        _session.Dispose();
    }
}
