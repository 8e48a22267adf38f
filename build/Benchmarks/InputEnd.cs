namespace Slipway.Benchmarks;

/// <summary>Detects the end of a stream. A pipe ends when the process at its other end closes it or exits. The contents are ignored.</summary>
public sealed class InputEnd : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly Lock _gate = new();
    private bool _disposed;

    public InputEnd(Stream input) => new Thread(() => WaitFor(input)) { IsBackground = true, Name = "end of input" }.Start();

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        lock (_gate)
            _disposed = true;
        _source.Dispose();
    }

    private void WaitFor(Stream input)
    {
        var ignored = new byte[256];
        try
        {
            while (input.Read(ignored) > 0)
            {
            }
        }
        catch (IOException)
        {
            // a terminal that is gone answers with an error
        }

        lock (_gate)
            if (!_disposed)
                _source.Cancel();
    }
}
