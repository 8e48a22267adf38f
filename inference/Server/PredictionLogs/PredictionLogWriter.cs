using Slipway.Inference.Options;

namespace Slipway.Inference.PredictionLogs;

/// <summary>
/// Takes waiting entries at every interval, when there are enough for an object, and at shutdown, and writes them to the store. While the store is unavailable,
/// the current objects are retried and nothing more is taken: the log itself limits what waits behind them.
/// </summary>
public sealed partial class PredictionLogWriter(
    PredictionLog log, PredictionLogStore store, InferenceOptions options, ILogger<PredictionLogWriter> logger) : BackgroundService
{
    private readonly Queue<LogObject> _pending = new();
    private readonly List<LogEntry> _taken = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await log.WaitAsync(stoppingToken);
                await FlushAsync(everything: false, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // StopAsync writes the rest, after the last request has been served
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await FlushAsync(everything: true, cancellationToken);
        var lost = 0;
        while (_pending.TryDequeue(out var given))
        {
            lost += given.Records;
            log.Settle(given.Records, given.Bytes, written: false);
            given.Dispose();
        }

        while (log.TryTake(out var entry))
        {
            lost++;
            log.Settle(1, entry.Bytes, written: false);
        }

        if (lost > 0)
            LogLost(lost);
    }

    private async Task FlushAsync(bool everything, CancellationToken cancellation)
    {
        do
        {
            if (_pending.Count == 0)
                await TakeAsync();
            while (_pending.TryPeek(out var next))
            {
                if (!await TryPutAsync(next, cancellation))
                    return;
                _pending.Dequeue();
                log.Settle(next.Records, next.Bytes, written: true);
                next.Dispose();
            }
        }
        while (log.Waiting >= (everything ? 1 : options.PredictionLog.MaxRecordsPerObject));
    }

    private async Task TakeAsync()
    {
        while (_taken.Count < options.PredictionLog.MaxRecordsPerObject && log.TryTake(out var entry))
            _taken.Add(entry);
        if (_taken is [var first, ..] && _taken.TrueForAll(entry => IsWith(entry, first)))
            await FillAsync(first.Kind, HourOf(first.Hour), _taken);
        else
            foreach (var group in _taken.GroupBy(entry => (entry.Kind, Hour: HourOf(entry.Hour))))
                await FillAsync(group.Key.Kind, group.Key.Hour, [.. group]);
        _taken.ForEach(log.Release);
        _taken.Clear();
    }

    private async Task FillAsync(LogKind kind, DateTimeOffset hour, List<LogEntry> entries)
    {
        var target = store.Open(kind, hour);
        try
        {
            // readers skip what is of other models
            IEnumerable<LogEntry> ordered = IsOrdered(entries) ? entries : entries.Order(Comparer<LogEntry>.Create(Compare));
            foreach (var entry in ordered)
            {
                Add(target, entry);
                await target.EndAsync();
            }

            await store.CompleteAsync(target);
        }
        catch (Exception e)
        {
            // whatever it is, it must not stop the server
            var left = entries.Count - target.Records - target.Rejected;
            log.Settle(target.Records + left, entries.Sum(entry => entry.Bytes) - target.RejectedBytes, written: false);
            LogNotEncoded(target.Records + left, e);
            target.Dispose();
            return;
        }

        if (target.Records > 0)
            _pending.Enqueue(target);
        else
            target.Dispose();
    }

    private void Add(LogObject target, LogEntry entry)
    {
        try
        {
            target.Add(entry);
        }
        catch (Exception e)
        {
            // one record that cannot be written must not block all others, let alone stop the server
            log.Settle(1, entry.Bytes, written: false);
            LogDefective(entry.PredictionId, e);
        }
    }

    // nearly always one version answers
    private static bool IsOrdered(List<LogEntry> entries)
    {
        for (var i = 1; i < entries.Count; i++)
            if (Compare(entries[i - 1], entries[i]) > 0)
                return false;
        return true;
    }

    private static int Compare(LogEntry one, LogEntry other) =>
        string.CompareOrdinal(one.Model, other.Model) is not 0 and var order ? order : one.Version.CompareTo(other.Version);

    private static bool IsWith(LogEntry one, LogEntry other) =>
        one.Kind == other.Kind && one.Hour.UtcTicks / TimeSpan.TicksPerHour == other.Hour.UtcTicks / TimeSpan.TicksPerHour;

    private static DateTimeOffset HourOf(DateTimeOffset time) => new(time.UtcTicks - time.UtcTicks % TimeSpan.TicksPerHour, TimeSpan.Zero);

    private async Task<bool> TryPutAsync(LogObject next, CancellationToken cancellation)
    {
        try
        {
            await store.PutAsync(next, cancellation);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            LogNotWritten(next.Key, e.Message);
            return false;
        }
    }
}
