namespace Slipway.Trainer.Job;

/// <summary>
/// Settles who comes first, a job that writes its model or a signal that stops it: a stopped job leaves no model,
/// and a job that began to write is done before anyone notices.
/// </summary>
public sealed class JobStop : IDisposable
{
    private const int Running = 0, Writing = 1, Stopped = 2;

    private readonly CancellationTokenSource _cancellation = new();
    private int _state = Running;

    public CancellationToken Token => _cancellation.Token;

    /// <summary>False when the job is writing already: let it finish.</summary>
    public bool TryStop()
    {
        if (Interlocked.CompareExchange(ref _state, Stopped, Running) != Running)
            return false;
        _cancellation.Cancel();
        return true;
    }

    /// <exception cref="OperationCanceledException">The job was stopped.</exception>
    public void BeginWriting()
    {
        if (Interlocked.CompareExchange(ref _state, Writing, Running) != Running)
            throw new OperationCanceledException(Token);
    }

    public void Dispose() => _cancellation.Dispose();
}
