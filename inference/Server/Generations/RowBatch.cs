using Microsoft.ML.OnnxRuntime;
using Slipway.Registry.Models;

namespace Slipway.Inference.Generations;

/// <summary>
/// Input and output rows in pinned memory that the session reads and writes directly: a batch of the same size as the last allocates nothing.
/// For one thread at a time.
/// </summary>
public sealed class RowBatch : IDisposable
{
    private readonly InferenceSession _session;
    private readonly string _output;
    private readonly int _inputWidth;
    private readonly int _outputWidth;
    private readonly RunWatch _watch;
    private readonly RunOptions _options = new();
    private readonly TimedRun _run;
    private float[] _inputs = [];
    private float[] _outputs = [];
    private OrtValue? _inputValue;
    private OrtValue? _outputValue;
    private OrtIoBinding? _binding;

    public RowBatch(InferenceSession session, string output, int inputWidth, int outputWidth, RunWatch watch)
    {
        (_session, _output, _inputWidth, _outputWidth, _watch) = (session, output, inputWidth, outputWidth, watch);
        _run = new(terminate => _options.Terminate = terminate, watch.Time);
        watch.Add(this);
    }

    public int Rows { get; private set; }

    /// <summary>[Rows, F], row-major.</summary>
    public Span<float> Inputs => _inputs.AsSpan(0, Rows * _inputWidth);

    /// <summary>[Rows, outputs], row-major; of the last run.</summary>
    public Span<float> Outputs => _outputs.AsSpan(0, Rows * _outputWidth);

    public Span<float> Input(int row) => _inputs.AsSpan(row * _inputWidth, _inputWidth);

    public ReadOnlySpan<float> Output(int row) => _outputs.AsSpan(row * _outputWidth, _outputWidth);

    /// <summary>Makes room for this many rows. Their previous content is not cleared.</summary>
    public void Prepare(int rows)
    {
        if (rows == Rows)
            return;

        Unbind();
        _inputs = Room(_inputs, rows * _inputWidth);
        _outputs = Room(_outputs, rows * _outputWidth);
        _inputValue = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, _inputs.AsMemory(0, rows * _inputWidth), [rows, _inputWidth]);
        _outputValue = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, _outputs.AsMemory(0, rows * _outputWidth), [rows, _outputWidth]);
        _binding = _session.CreateIoBinding();
        _binding.BindInput(ModelSchema.InputName, _inputValue);
        _binding.BindOutput(_output, _outputValue);
        Rows = rows;
    }

    /// <param name="given">Cancelled when nobody waits for the result any more.</param>
    /// <exception cref="RunTimeoutException">It took too long.</exception>
    public void Run(CancellationToken given = default)
    {
        var binding = _binding ?? throw new InvalidOperationException("A batch must be prepared before it runs.");
        _run.Begin();
        try
        {
            using var ending = given.UnsafeRegister(static run => ((TimedRun)run!).End(), _run);
            _session.RunWithBinding(_options, binding);
        }
        catch (OnnxRuntimeException e) when (_run.WasEnded)
        {
            given.ThrowIfCancellationRequested();
            throw new RunTimeoutException(Rows, _watch.Limit, e);
        }
        finally
        {
            _run.Done();
        }
    }

    /// <summary>For the watch.</summary>
    public void EndIfOver(TimeSpan limit) => _run.EndIfOver(limit);

    public void Dispose()
    {
        _watch.Remove(this);
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
