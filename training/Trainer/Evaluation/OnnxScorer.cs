using Microsoft.ML.OnnxRuntime;
using Slipway.Registry;

namespace Slipway.Trainer;

/// <summary>Scores rows with an ONNX model in ONNX Runtime: exactly what will be served. One thread, so that sums are added in one order.</summary>
public sealed class OnnxScorer : IDisposable
{
    private const int BatchSize = 4096;

    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly string[] _inputs = [ModelSchema.InputName];
    private readonly string[] _outputs;
    private readonly int _outputWidth;

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
    }

    /// <summary>An entry of a model's <c>metadata_props</c>, or null.</summary>
    public static string? Metadata(byte[] onnx, string key)
    {
        using var session = new InferenceSession(onnx);
        return session.ModelMetadata.CustomMetadataMap.GetValueOrDefault(key);
    }

    /// <summary>The answers, row after row, each as wide as the output.</summary>
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
        _session.Run(_run, _inputs, [input], _outputs, [output]);
    }

    public void Dispose()
    {
        _run.Dispose();
        _session.Dispose();
    }
}
