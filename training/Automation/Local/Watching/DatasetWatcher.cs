using Slipway.Registry;

namespace Slipway.Automation.Local.Watching;

/// <summary>
/// Looks for datasets again and again, and gives what has arrived to the handler, one model at a time: this machine trains one job at a time.
/// It keeps looking while a job runs, so that what comes meanwhile is seen in the order in which it comes.
/// </summary>
public sealed class DatasetWatcher(ArrivalBook book, ArrivalHandler handler, IWatchHost host, Action<WatchEvent> report, TimeProvider time)
{
    /// <summary>Returns when it is cancelled and nothing of it runs any more.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var turn = Task.CompletedTask;
        while (!cancellation.IsCancellationRequested)
        {
            var pause = Task.Delay(book.Look(), time, cancellation);
            if (turn.IsCompleted && !cancellation.IsCancellationRequested && book.Next() is { } batch)
                turn = TakeTurnAsync(batch, cancellation);
            await Task.WhenAny(turn.IsCompleted ? [pause] : [pause, turn]);
        }

        await turn;
    }

    // Whatever goes wrong with one model, the others are looked after.
    private async Task TakeTurnAsync(ArrivalBatch batch, CancellationToken cancellation)
    {
        try
        {
            using var held = await host.LockAsync(text => Say(WatchEventKind.Waiting, batch.Model, text), cancellation);
            if (held is null)
                return;

            // Another command may have brought a newer dataset while this one waited, or somebody may write to this one again.
            book.Look();
            if (book.Next() is not { } now)
                return;
            batch = now;
            book.Note(await handler.HandleAsync(batch, cancellation));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            Say(WatchEventKind.Note, batch.Model, "was interrupted; the next start of Watch, or Train, goes on with it");
        }
        catch (Exception e)
        {
            Say(WatchEventKind.Failed, batch.Model, e is SlipwayException ? e.Message : e.ToString());
            book.Note(batch.Arrivals.Where(arrival => arrival.Phase == ArrivalPhase.Arrived).Select(arrival => arrival with { Phase = ArrivalPhase.Failed }));
        }
    }

    private void Say(WatchEventKind kind, string model, string text) => report(new(kind, model, text));
}
