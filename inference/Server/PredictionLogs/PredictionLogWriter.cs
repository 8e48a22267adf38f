using Slipway.Inference.Options;
using Slipway.Registry;

namespace Slipway.Inference.PredictionLogs;

/// <summary>
/// Takes waiting entries at every interval, when there are enough for an object, and at shutdown, and writes them to the store. While the store is unavailable,
/// the current objects are retried and nothing more is taken: the log itself limits what waits behind them.
/// </summary>
public sealed partial class PredictionLogWriter(
    PredictionLog log, PredictionLogStore store, InferenceOptions options, ILogger<PredictionLogWriter> logger) : BackgroundService
{
    private readonly Queue<LogObject> _pending = new();

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
                Take();
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

    private void Take()
    {
        var open = new Dictionary<string, LogObject>();
        for (var taken = 0; taken < options.PredictionLog.MaxRecordsPerObject && log.TryTake(out var entry); taken++)
        {
            var folder = StoreKeys.PredictionHour(entry.Model, entry.Hour) + entry.NamePrefix;
            if (!open.TryGetValue(folder, out var target))
                open.Add(folder, target = store.Open(folder));
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

        foreach (var complete in open.Values)
        {
            complete.Complete();
            _pending.Enqueue(complete);
        }
    }

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
