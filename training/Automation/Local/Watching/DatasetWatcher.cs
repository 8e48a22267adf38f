using Slipway.Registry;

namespace Slipway.Automation.Local.Watching;

/// <summary>
/// Scans for datasets periodically, and passes arrivals to the handler, one model at a time: this machine trains one job at a time.
/// It keeps scanning while a job runs, so that arrivals are seen in the order in which they come.
/// </summary>
public sealed class DatasetWatcher(ArrivalTracker tracker, ArrivalHandler handler, IWatchHost host, Action<WatchEvent> report, TimeProvider time)
{
    /// <summary>Returns when it is cancelled and nothing of it is running any more.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var turn = Task.CompletedTask;
        while (!cancellation.IsCancellationRequested)
        {
            var pause = Task.Delay(tracker.Scan(), time, cancellation);
            if (turn.IsCompleted && !cancellation.IsCancellationRequested)
                turn = tracker.Next() is { } batch ? TakeTurnAsync(batch, cancellation) : LookAsync(cancellation);
            await Task.WhenAny(turn.IsCompleted ? [pause, tracker.News] : [pause, tracker.News, turn]);
        }

        await turn;
    }

    // Whatever fails for one model, the others continue.
    private async Task TakeTurnAsync(ArrivalBatch batch, CancellationToken cancellation)
    {
        try
        {
            using var held = await host.LockAsync(text => Notify(WatchEventKind.Waiting, batch.Model, text), cancellation);
            if (held is null)
                return;

            // Another command may have added a newer dataset while this one waited, or somebody may be writing to this one again.
            tracker.Scan();
            if (tracker.Next() is not { } now)
                return;
            batch = now;
            tracker.Note(await handler.HandleAsync(batch, cancellation));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            Notify(WatchEventKind.Note, batch.Model, "was interrupted; the next Watch or Train continues with it");
        }
        catch (Exception e)
        {
            Notify(WatchEventKind.Failed, batch.Model, e is SlipwayException ? e.Message : e.ToString());
            tracker.Note(batch.Arrivals.Where(arrival => arrival.Phase == ArrivalPhase.Arrived).Select(arrival => arrival with { Phase = ArrivalPhase.Failed }));
        }
    }

    // Without the lock until there is something to do: other commands must not wait for a watcher that only looks.
    private async Task LookAsync(CancellationToken cancellation)
    {
        foreach (var batch in tracker.Looks())
            try
            {
                if (!await handler.Retraining.IsDueAsync(batch, cancellation))
                    continue;
                using var held = await host.LockAsync(text => Notify(WatchEventKind.Waiting, batch.Model, text), cancellation);
                // a dataset that has arrived meanwhile has its own turn
                if (held is not null)
                    await handler.Retraining.LookAsync(batch, cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                Notify(WatchEventKind.Note, batch.Model, "was interrupted; the next Watch continues with it");
                return;
            }
            catch (Exception e)
            {
                Notify(WatchEventKind.Failed, batch.Model, e is SlipwayException ? e.Message : e.ToString());
            }
    }

    private void Notify(WatchEventKind kind, string model, string text) => report(new(kind, model, text));
}
