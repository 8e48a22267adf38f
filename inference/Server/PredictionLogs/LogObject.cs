using Slipway.Inference.Replicas;
using Slipway.PredictionLogs.Writing;

namespace Slipway.Inference.PredictionLogs;

/// <summary>One object of the log while it is being filled: records of one kind and hour, of all models.</summary>
public sealed class LogObject(LogKind kind, DateTimeOffset hour, ReplicaIdentity replica, PersonalValues personal) : IDisposable
{
    private readonly LogRows _rows = kind == LogKind.Prediction ? new PredictionRows() : new FeedbackRows();

    public LogKind Kind => kind;
    public DateTimeOffset Hour => hour;
    public int Records { get; private set; }

    /// <summary>The memory of its records, to be released.</summary>
    public long Bytes { get; private set; }

    /// <summary>Entries that could not be written.</summary>
    public int Rejected { get; private set; }

    public long RejectedBytes { get; private set; }

    /// <summary>The counters in the ids of its predictions.</summary>
    public (ulong First, ulong Last) Counts { get; private set; } = (ulong.MaxValue, 0);

    /// <summary>Set when the object is complete.</summary>
    public string Key { get; set; } = "";

    /// <summary>An entry that cannot be written leaves nothing behind.</summary>
    public void Add(LogEntry entry)
    {
        _rows.Mark();
        try
        {
            entry.Write(_rows, replica, personal);
        }
        catch
        {
            _rows.Rollback();
            Rejected++;
            RejectedBytes += entry.Bytes;
            throw;
        }

        Records++;
        Bytes += entry.Bytes;
        Counts = (Math.Min(Counts.First, entry.Count), Math.Max(Counts.Last, entry.Count));
    }

    /// <summary>Compresses what was added, if that is enough for a row group.</summary>
    public ValueTask EndAsync() => _rows.EndAsync(CancellationToken.None);

    public Task CompleteAsync() => _rows.CompleteAsync(CancellationToken.None);

    public Stream Read() => _rows.Read();

    public void Dispose() => _rows.Dispose();
}
