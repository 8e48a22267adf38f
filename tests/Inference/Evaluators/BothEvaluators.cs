using Microsoft.ML.OnnxRuntime;
using Slipway.Inference.Evaluators;

namespace Slipway.Inference.Tests.Evaluators;

/// <summary>The same ONNX file, compiled and in ONNX Runtime.</summary>
internal sealed class BothEvaluators : IDisposable
{
    private readonly InferenceSession _session;
    private readonly int _features;
    private readonly (string Name, int Width) _output;

    public BothEvaluators(byte[] onnx, int features, (string Name, int Width) output)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1 };
        (_session, _features, _output) = (new(onnx, options), features, output);
        Compiled = CompiledModel.Of(onnx, features, output);
    }

    public CompiledModel Compiled { get; }

    public float[] ByCompiled(float[] rows)
    {
        var outputs = new float[rows.Length / _features * _output.Width];
        Compiled.Run(rows, outputs, rows.Length / _features);
        return outputs;
    }

    public float[] OneByOne(float[] rows) => [.. rows.Chunk(_features).SelectMany(ByCompiled)];

    public float[] ByOnnxRuntime(float[] rows)
    {
        var outputs = new float[rows.Length / _features * _output.Width];
        using var run = new OnnxRun(_session, _output.Name, _features, _output.Width);
        run.Bind(rows, outputs, rows.Length / _features);
        run.Run();
        return outputs;
    }

    /// <summary>From 0 to 1 in steps, as thresholds are; some are far away, and some no numbers.</summary>
    public float[] Rows(int count)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, count * _features).Select(_ => random.Next(200) switch
        {
            0 => float.NaN,
            1 => float.PositiveInfinity,
            2 => float.NegativeInfinity,
            3 => -0f,
            4 => MathF.BitIncrement(random.Next(100) / 100f),
            _ => random.Next(100) / 100f,
        })];
    }

    public void Dispose() => _session.Dispose();
}
