namespace Slipway.Inference.Generations;

/// <summary>Cancels model runs that take too long: a waiting request occupies a thread and a place at the gate, which nothing else frees.</summary>
public sealed class RunWatch : IDisposable
{
    private static readonly TimeSpan MaxPause = TimeSpan.FromMilliseconds(250);

    private readonly HashSet<RowBatch> _batches = [];
    private readonly Lock _lock = new();
    private readonly ITimer _timer;

    /// <param name="limit">How long one run may take; it is cancelled up to a quarter of that later.</param>
    public RunWatch(TimeSpan limit, TimeProvider time)
    {
        (Limit, Time) = (limit, time);
        var pause = limit / 4 < MaxPause ? limit / 4 : MaxPause;
        _timer = time.CreateTimer(_ => Check(), null, pause, pause);
    }

    public TimeSpan Limit { get; }

    public TimeProvider Time { get; }

    /// <summary>Batches in memory, whether they are running or not.</summary>
    public int Watched
    {
        get
        {
            lock (_lock)
                return _batches.Count;
        }
    }

    public void Add(RowBatch batch)
    {
        lock (_lock)
            _batches.Add(batch);
    }

    public void Remove(RowBatch batch)
    {
        lock (_lock)
            _batches.Remove(batch);
    }

    public void Dispose() => _timer.Dispose();

    private void Check()
    {
        lock (_lock)
            foreach (var batch in _batches)
                batch.EndIfOver(Limit);
    }
}
