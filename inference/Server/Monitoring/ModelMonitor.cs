using Slipway.Inference.Generations;
using Slipway.Inference.Requests;

namespace Slipway.Inference.Monitoring;

/// <summary>
/// Counts what a model version is asked and what it answers, window by window. A request enters a shard that nobody else is in, adds to arrays, and leaves: no
/// allocation, no lock, and no more than two windows in memory.
/// </summary>
/// <param name="length">Of a window.</param>
public sealed class ModelMonitor(MonitoredModel model, TimeSpan length, int shards)
{
    private readonly Lock _turn = new();
    private volatile WindowTally? _current;
    private WindowTally? _ended;

    public ModelProfile Profile => model.Profile;

    /// <summary>Windows that ended before their last counts were in the store, because the store was away for as long as a window.</summary>
    public long Lost { get; private set; }

    /// <summary>Nobody reads what is counted here any more.</summary>
    public bool IsRemoved { get; set; }

    /// <param name="rows">The encoder of a request with raw values; null if its features came encoded.</param>
    public void Count(RowBatch batch, RowEncoder? rows, DateTimeOffset at)
    {
        var shard = At(at).Enter();
        try
        {
            if (rows is null)
                shard.AddEncoded(batch);
            else
                shard.AddRaw(batch, rows);
        }
        finally
        {
            shard.Leave();
        }
    }

    /// <summary>A request was rejected because a value of this column is no number.</summary>
    public void TypeFailed(int column, DateTimeOffset at) => At(at).TypeFailed(column);

    /// <summary>The windows whose counts may be in the store or not yet, the one that has ended first.</summary>
    public IReadOnlyList<WindowTally> Windows()
    {
        lock (_turn)
            return [.. new[] { _ended, _current }.OfType<WindowTally>()];
    }

    /// <summary>Everything of it is in the store, and no request will add to it.</summary>
    public void Forget(WindowTally window)
    {
        lock (_turn)
        {
            if (_ended == window)
                _ended = null;
            if (_current == window)
                _current = null;
        }
    }

    private WindowTally At(DateTimeOffset at) => _current is { } current && current.Contains(at) ? current : Begin(at);

    private WindowTally Begin(DateTimeOffset at)
    {
        lock (_turn)
        {
            if (_current is { } current && current.Contains(at))
                return current;
            // a request that began just before the window did
            if (_ended is { } ended && ended.Contains(at))
                return ended;
            if (_ended is not null)
                Lost++;
            _ended = _current;
            return _current = new(model, new(at.UtcTicks - at.UtcTicks % length.Ticks, TimeSpan.Zero), length, shards);
        }
    }
}
