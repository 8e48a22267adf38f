using Microsoft.ML.OnnxRuntime;
using Slipway.Registry.Models;

namespace Slipway.Inference.Evaluators;

/// <summary>Evaluates a model with ONNX Runtime, which reads and writes the arrays directly.</summary>
public sealed class OnnxRun(InferenceSession session, string output, int inputWidth, int outputWidth) : IBatchRun
{
    private readonly RunOptions _options = new();
    private OrtValue? _inputValue;
    private OrtValue? _outputValue;
    private OrtIoBinding? _binding;

    public void Bind(float[] inputs, float[] outputs, int rows)
    {
        Unbind();
        _inputValue = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, inputs.AsMemory(0, rows * inputWidth), [rows, inputWidth]);
        _outputValue = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, outputs.AsMemory(0, rows * outputWidth), [rows, outputWidth]);
        _binding = session.CreateIoBinding();
        _binding.BindInput(ModelSchema.InputName, _inputValue);
        _binding.BindOutput(output, _outputValue);
    }

    public void Run() => session.RunWithBinding(_options, _binding ?? throw new InvalidOperationException("A batch must be prepared before it runs."));

    public void Terminate(bool value) => _options.Terminate = value;

    public bool IsEnd(Exception e) => e is OnnxRuntimeException;

    public void Dispose()
    {
        Unbind();
        _options.Dispose();
    }

    private void Unbind()
    {
        _binding?.Dispose();
        _inputValue?.Dispose();
        _outputValue?.Dispose();
        (_binding, _inputValue, _outputValue) = (null, null, null);
    }
}
