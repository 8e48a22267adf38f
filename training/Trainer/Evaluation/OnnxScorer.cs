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
    private readonly string[] _outputs = [OnnxGraph.Output];

    public OnnxScorer(byte[] onnx)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        _session = new(onnx, options);
    }

    /// <summary>An entry of <c>metadata_props</c>, or null.</summary>
    public string? Metadata(string key) => _session.ModelMetadata.CustomMetadataMap.GetValueOrDefault(key);

    /// <summary>One probability for each row.</summary>
    public float[] Score(EncodedRows rows) => Score(rows.Values, rows.Width);

    public float[] Score(float[] values, int width)
    {
        var count = values.Length / width;
        var probabilities = new float[count];
        for (var start = 0; start < count; start += BatchSize)
        {
            var size = Math.Min(BatchSize, count - start);
            Run(values.AsMemory(start * width, size * width), width, probabilities.AsMemory(start, size));
        }

        return probabilities;
    }

    private void Run(Memory<float> values, int width, Memory<float> probabilities)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, values, [probabilities.Length, width]);
        using var output = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, probabilities, [probabilities.Length, 1]);
        _session.Run(_run, _inputs, [input], _outputs, [output]);
    }

    public void Dispose()
    {
        _run.Dispose();
        _session.Dispose();
    }
}
