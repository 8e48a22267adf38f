using Slipway.Automation.Datasets;
using Slipway.Automation.Jobs;
using Slipway.Registry;
using Slipway.Registry.Lineages;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Local.Watching;

/// <summary>Handles a model's arrivals: starts a job on the newest, and reports each one that is not trained on.</summary>
public sealed class ArrivalHandler(IObjectStore store, DatasetJobs jobs, IWatchHost host, Action<WatchEvent> report, TimeProvider time)
{
    private readonly ArrivalTraining _training = new(store, host, report, time);

    /// <summary>For models that are trained when there is a cause.</summary>
    public WatchedRetraining Retraining { get; } = new(store, jobs, host, report, time);

    /// <summary>Call it with the environment locked.</summary>
    /// <returns>The arrivals that were handled, in their new phases. All others must be passed again.</returns>
    public async Task<IReadOnlyList<Arrival>> HandleAsync(ArrivalBatch batch, CancellationToken cancellation)
    {
        var known = await jobs.OfAsync(batch.Model, cancellation);
        var newest = ArrivalPolicy.Newest(batch.Arrivals, known);
        var arrived = batch.Arrivals.Where(arrival => arrival.Phase == ArrivalPhase.Arrived).ToList();
        ReportSuperseded(newest, arrived);
        return [.. arrived.Where(arrival => arrival != newest).Select(Decided), .. await OfNewestAsync(newest, known, batch, cancellation)];
    }

    private async Task<IEnumerable<Arrival>> OfNewestAsync(Arrival newest, IReadOnlyList<DatasetJob> known, ArrivalBatch batch, CancellationToken cancellation)
    {
        if (newest.Phase != ArrivalPhase.Arrived)
            return [];
        try
        {
            return [newest with { Phase = await DecideAsync(newest, known, batch, cancellation) }];
        }
        catch (DatasetChangedException)
        {
            Notify(WatchEventKind.Note, newest.File.Model, $"{newest.File.Name} is written to again; it is waited for until it is still");
            return [];
        }
        catch (SlipwayException e)
        {
            Notify(WatchEventKind.Failed, newest.File.Model, $"{newest.File.Name}: {e.Message}");
            return [newest with { Phase = ArrivalPhase.Failed }];
        }
    }

    private async Task<ArrivalPhase> DecideAsync(Arrival newest, IReadOnlyList<DatasetJob> known, ArrivalBatch batch, CancellationToken cancellation)
    {
        var file = newest.File;
        // removed or renamed since it was seen
        if (await store.HeadAsync(file.Key, cancellation: cancellation) is not { } content)
            return ArrivalPhase.Decided;

        var request = host.Request(file.Model, file.Key);
        var now = TrainingInputs.Of(request);
        var decision = DatasetPolicy.Decide(new(content.Version, file.Modified, SeenToCome: !newest.FromStart), known, now);
        if (decision.Verdict == DatasetVerdict.Train)
            // a job that was interrupted is completed, whatever started it
            return decision.Job is not { Outcome: null } && await Retraining.KeepAsync(batch, newest, known, cancellation)
                ? ArrivalPhase.Decided
                : await TrainAsync(newest, request, batch.Began, cancellation);

        Notify(WatchEventKind.Skipped, file.Model, decision.Verdict switch
        {
            DatasetVerdict.Known => WatchText.Known(file, decision.Job!, now),
            DatasetVerdict.Stale => WatchText.Stale(file, decision.Job!),
            _ => WatchText.FailedBefore(file, decision.Job!),
        });
        return decision.Verdict == DatasetVerdict.FailedBefore ? ArrivalPhase.Failed : ArrivalPhase.Decided;
    }

    private async Task<ArrivalPhase> TrainAsync(Arrival newest, TrainingRequest request, long began, CancellationToken cancellation)
    {
        var outcome = await _training.TrainAsync(newest, request, began, cancellation);
        return outcome.Result is TrainingResult.Registered or TrainingResult.Refused ? ArrivalPhase.Decided : ArrivalPhase.Failed;
    }

    // Of the files that existed at the start, only the newest is reported.
    private void ReportSuperseded(Arrival newest, IEnumerable<Arrival> arrived)
    {
        foreach (var arrival in arrived.Where(arrival => arrival != newest && !arrival.FromStart))
            Notify(WatchEventKind.Skipped, arrival.File.Model, WatchText.Superseded(arrival.File, newest.File));
    }

    private static Arrival Decided(Arrival arrival) => arrival with { Phase = ArrivalPhase.Decided };

    private void Notify(WatchEventKind kind, string? model, string text) => report(new(kind, model, text));
}
