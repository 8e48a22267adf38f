namespace Slipway.Registry;

/// <summary>How long something may take, together with its caller's own wish to stop: whichever comes first cancels <see cref="Token"/>.</summary>
public sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _link;
    private readonly CancellationToken _caller;

    public Deadline(TimeSpan limit, TimeProvider time, CancellationToken caller)
    {
        _source = new(limit, time);
        _caller = caller;
        _link = caller.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Whether the time is over. A caller who asked to stop comes first: to that one, nothing was late.</summary>
    public bool HasPassed => _source.IsCancellationRequested && !_caller.IsCancellationRequested;

    public void Dispose()
    {
        // no longer than needed: what the caller's token holds is otherwise held as long as it lives
        _link.Dispose();
        _source.Dispose();
    }
}
