using System.Threading.Channels;
using Microsoft.Extensions.ObjectPool;
using Slipway.Inference.Hosting;
using Slipway.Inference.Options;

namespace Slipway.Inference.PredictionLogs;

/// <summary>
/// Entries that are waiting to be written. The queue is limited by records and by bytes, and never makes a request wait: the newest entry is dropped and
/// counted. Every accepted record ends as written or dropped.
/// </summary>
public sealed class PredictionLog(PredictionLogOptions options, TimeProvider time) : IDisposable
{
    private readonly Channel<LogEntry> _entries = Channel.CreateBounded<LogEntry>(
        new BoundedChannelOptions(options.Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    // as many as an object is filled with at a time
    private readonly DefaultObjectPool<LoggedPrediction> _used = new(new Reuse(), options.MaxRecordsPerObject);
    private readonly Signal _enough = new(time);
    private int _waiting;
    private long _pendingBytes;
    private long _requests;
    private long _accepted;
    private long _written;
    private long _dropped;

    public bool Enabled { get; } = options.Enabled;
    public int Waiting => Volatile.Read(ref _waiting);
    public long Accepted => Interlocked.Read(ref _accepted);
    public long Written => Interlocked.Read(ref _written);
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Whether this prediction is part of the sample. Every n-th is, so that the share is right for short and for long runs.</summary>
    public bool Takes(bool probe)
    {
        if (!options.Enabled || probe)
            return false;
        if (options.SampleRate >= 1)
            return true;

        var number = Interlocked.Increment(ref _requests);
        return Math.Floor(number * options.SampleRate) > Math.Floor((number - 1) * options.SampleRate);
    }

    /// <summary>A record to be filled and added.</summary>
    public LoggedPrediction Rent() => _used.Get();

    /// <summary>For the writer: it is in an object, and may be used again.</summary>
    public void Release(LogEntry entry)
    {
        if (entry is LoggedPrediction prediction)
            _used.Return(prediction);
    }

    /// <returns>False if it was dropped.</returns>
    public bool Add(LogEntry entry)
    {
        Interlocked.Increment(ref _accepted);
        var bytes = entry.Bytes;
        var pending = Interlocked.Add(ref _pendingBytes, bytes);
        if (pending <= options.MaxPendingBytes && _entries.Writer.TryWrite(entry))
        {
            // with large records, no room is left before an object is full
            var half = options.MaxPendingBytes / 2;
            if (Interlocked.Increment(ref _waiting) == options.MaxRecordsPerObject || (pending >= half && pending - bytes < half))
                _enough.Pulse();
            return true;
        }

        Interlocked.Add(ref _pendingBytes, -bytes);
        Interlocked.Increment(ref _dropped);
        Release(entry);
        return false;
    }

    /// <summary>For the writer: returns when the interval is over, or as soon as an object can be filled or half of the room is taken.</summary>
    public Task WaitAsync(CancellationToken cancellation) => _enough.WaitAsync(options.FlushInterval, cancellation);

    /// <summary>For the writer.</summary>
    public bool TryTake(out LogEntry entry)
    {
        if (!_entries.Reader.TryRead(out entry!))
            return false;
        Interlocked.Decrement(ref _waiting);
        return true;
    }

    /// <summary>The store has them, or they were given up: their room is free again.</summary>
    public void Settle(int records, long bytes, bool written)
    {
        Interlocked.Add(ref written ? ref _written : ref _dropped, records);
        Interlocked.Add(ref _pendingBytes, -bytes);
    }

    public void Dispose() => _enough.Dispose();

    private sealed class Reuse : IPooledObjectPolicy<LoggedPrediction>
    {
        // a record of many rows must not keep its memory for one of a few
        private const int WorthKeeping = 2048;

        public LoggedPrediction Create() => new();

        public bool Return(LoggedPrediction prediction)
        {
            prediction.Clear();
            return prediction.KeptBytes <= WorthKeeping;
        }
    }
}
