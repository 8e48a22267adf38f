namespace Slipway.Trainer.Job;

/// <summary>
/// Decides the race between a job that writes its model and a signal that stops it: a stopped job leaves no model,
/// and a job that has started to write finishes before anyone notices.
/// </summary>
public sealed class JobStop : IDisposable
{
    private const int Running = 0, Writing = 1, Stopped = 2;

    private readonly CancellationTokenSource _cancellation = new();
    private int _state = Running;

    public CancellationToken Token => _cancellation.Token;

    /// <summary>False if the job is already writing: let it finish.</summary>
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
