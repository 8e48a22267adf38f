namespace Slipway.Inference.Generations;

/// <summary>Ends runs of models that take too long: whoever waits for one holds a thread and a place at the gate, which nothing else gives back.</summary>
public sealed class RunWatch : IDisposable
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);

    private readonly HashSet<RowBatch> _batches = [];
    private readonly Lock _lock = new();
    private readonly ITimer _timer;

    /// <param name="limit">How long one run may take; it is ended up to a quarter of it later.</param>
    public RunWatch(TimeSpan limit, TimeProvider time)
    {
        (Limit, Time) = (limit, time);
        var pause = limit / 4 < LongestPause ? limit / 4 : LongestPause;
        _timer = time.CreateTimer(_ => Look(), null, pause, pause);
    }

    public TimeSpan Limit { get; }

    public TimeProvider Time { get; }

    /// <summary>Batches that are in memory, whether they run or not.</summary>
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

    private void Look()
    {
        lock (_lock)
            foreach (var batch in _batches)
                batch.EndIfOver(Limit);
    }
}
