using Microsoft.ML.OnnxRuntime;

namespace Slipway.Inference;

/// <summary>
/// Rows in, rows out, in pinned memory that the session reads and writes itself: a batch of the same size as the last allocates nothing.
/// For one thread at a time.
/// </summary>
public sealed class RowBatch(InferenceSession session, string output, int inputWidth, int outputWidth) : IDisposable
{
    private readonly RunOptions _options = new();
    private float[] _inputs = [];
    private float[] _outputs = [];
    private OrtValue? _inputValue;
    private OrtValue? _outputValue;
    private OrtIoBinding? _binding;

    public int Rows { get; private set; }

    /// <summary>[Rows, F], row-major.</summary>
    public Span<float> Inputs => _inputs.AsSpan(0, Rows * inputWidth);

    /// <summary>[Rows, outputs], row-major; of the last run.</summary>
    public Span<float> Outputs => _outputs.AsSpan(0, Rows * outputWidth);

    public Span<float> Input(int row) => _inputs.AsSpan(row * inputWidth, inputWidth);

    public ReadOnlySpan<float> Output(int row) => _outputs.AsSpan(row * outputWidth, outputWidth);

    /// <summary>Makes room for this many rows. What the rows hold is left from before.</summary>
    public void Prepare(int rows)
    {
        if (rows == Rows)
            return;

        Unbind();
        _inputs = Room(_inputs, rows * inputWidth);
        _outputs = Room(_outputs, rows * outputWidth);
        _inputValue = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, _inputs.AsMemory(0, rows * inputWidth), [rows, inputWidth]);
        _outputValue = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, _outputs.AsMemory(0, rows * outputWidth), [rows, outputWidth]);
        _binding = session.CreateIoBinding();
        _binding.BindInput(Registry.ModelSchema.InputName, _inputValue);
        _binding.BindOutput(output, _outputValue);
        Rows = rows;
    }

    public void Run() =>
        session.RunWithBinding(_options, _binding ?? throw new InvalidOperationException("A batch is prepared before it runs."));

    public void Dispose()
    {
        Unbind();
        _options.Dispose();
    }

    private void Unbind()
    {
        Rows = 0;
        _binding?.Dispose();
        _inputValue?.Dispose();
        _outputValue?.Dispose();
        (_binding, _inputValue, _outputValue) = (null, null, null);
    }

    private static float[] Room(float[] array, int length) =>
        array.Length >= length ? array : GC.AllocateUninitializedArray<float>(length, pinned: true);
}
