using Slipway.Automation.Jobs;
using Slipway.Registry;
using Slipway.Registry.Gates;
using Slipway.Registry.Lineages;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Local.Watching;

/// <summary>Trains on a dataset that has arrived, and reports what becomes of it.</summary>
internal sealed class ArrivalTraining(IObjectStore store, IWatchHost host, Action<WatchEvent> report, TimeProvider time)
{
    /// <summary>Call it with the environment locked.</summary>
    /// <param name="began">When the clock started that measures when the dataset was seen.</param>
    public async Task<TrainingOutcome> TrainAsync(Arrival arrival, TrainingRequest request, long began, CancellationToken cancellation)
    {
        var file = arrival.File;
        var training = LocalTraining.Loop(store, host.Runner, host.Signer, time, rollouts: host.Rollouts);
        var outcome = (await training.TrainAsync(request, _ => { }, cancellation, Claimed)).Outcome;
        var page = host.PathOf(StoreKeys.TrainingReportPage(outcome.TrainingJob));
        if (outcome is { Result: TrainingResult.Registered, Version: { } version })
        {
            Notify(WatchEventKind.Registered, WatchText.Registered(file, outcome, page));
            var serving = await host.WaitUntilServingAsync(file.Model, version, cancellation);
            Notify(
                serving.Answers ? WatchEventKind.Serving : WatchEventKind.Failed,
                serving.Answers ? WatchText.Serving(arrival, version, serving, time.GetElapsedTime(began) - arrival.SeenAt) : $"version {version} {serving.Text}");
            return outcome;
        }

        foreach (var verdict in (outcome.Gates?.Verdicts ?? []).Where(verdict => !verdict.Passed))
            Notify(WatchEventKind.Refused, GateReportText.Line(verdict));
        if (outcome.Result == TrainingResult.Refused)
            Notify(WatchEventKind.Refused, WatchText.Refused(file, outcome, page));
        else
            Notify(WatchEventKind.Failed, WatchText.Failed(file, outcome));
        return outcome;

        void Claimed(ClaimedJob job) => Notify(WatchEventKind.Training, WatchText.Training(file, job));
        void Notify(WatchEventKind kind, string text) => report(new(kind, file.Model, text));
    }
}
