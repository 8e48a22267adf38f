using Slipway.Inference.Evaluators;
using Slipway.Registry.Models;

namespace Slipway.Inference.Generations;

/// <summary>
/// Input and output rows in pinned memory that the evaluator reads and writes directly: a batch of the same size as the last allocates nothing.
/// For one thread at a time.
/// </summary>
public sealed class RowBatch : IDisposable
{
    private readonly IBatchRun _evaluator;
    private readonly int _inputWidth;
    private readonly int _outputWidth;
    private readonly RunWatch _watch;
    private readonly TimedRun _run;
    private float[] _inputs = [];
    private float[] _outputs = [];

    public RowBatch(IBatchRun evaluator, int inputWidth, int outputWidth, RunWatch watch)
    {
        (_evaluator, _inputWidth, _outputWidth, _watch) = (evaluator, inputWidth, outputWidth, watch);
        _run = new(evaluator.Terminate, watch.Time);
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

        _inputs = Room(_inputs, rows * _inputWidth);
        _outputs = Room(_outputs, rows * _outputWidth);
        _evaluator.Bind(_inputs, _outputs, rows);
        Rows = rows;
    }

    /// <param name="given">Cancelled when nobody waits for the result any more.</param>
    /// <exception cref="RunTimeoutException">It took too long.</exception>
    public void Run(CancellationToken given = default)
    {
        if (Rows == 0)
            throw new InvalidOperationException("A batch must be prepared before it runs.");
        _run.Begin();
        try
        {
            using var ending = given.UnsafeRegister(static run => ((TimedRun)run!).End(), _run);
            _evaluator.Run();
        }
        catch (Exception e) when (_run.WasEnded && _evaluator.IsEnd(e))
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
        Rows = 0;
        _evaluator.Dispose();
    }

    private static float[] Room(float[] array, int length) =>
        array.Length >= length ? array : GC.AllocateUninitializedArray<float>(length, pinned: true);
}
