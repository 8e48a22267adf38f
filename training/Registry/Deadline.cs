namespace Slipway.Registry;

/// <summary>A timeout, combined with the caller's cancellation: whichever comes first cancels <see cref="Token"/>.</summary>
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

    /// <summary>Whether the timeout has elapsed. False if the caller has cancelled, because then the timeout does not matter.</summary>
    public bool HasPassed => _source.IsCancellationRequested && !_caller.IsCancellationRequested;

    public void Dispose()
    {
        // as early as possible, because otherwise the caller's token keeps a reference to it
        _link.Dispose();
        _source.Dispose();
    }
}
