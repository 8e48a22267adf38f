using Slipway.Automation.Jobs;
using Slipway.Registry;
using Slipway.Registry.Lineages;
using Slipway.Registry.Signing;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Local;

/// <summary>From a dataset in the store to an outcome, on this machine: both handlers with a process between them.</summary>
public sealed class LocalTraining(IObjectStore store, ITrainingRunner runner, IManifestSigner signer, TimeProvider time) : ITraining
{
    // A stopped job means that the champion moved meanwhile. Nobody moves it for ever; a bound keeps a defect from looping.
    private const int MostAttempts = 3;

    private readonly DatasetArrived _arrived = new(store, time);

    /// <summary>
    /// Trains, unless these inputs have been trained before: then it returns what came of that. The caller sees to it that only one
    /// training of a model runs at a time in this environment, so a job without an outcome has died and is finished or run again.
    /// </summary>
    /// <param name="claimed">Hears of every job that is about to run.</param>
    public async Task<TrainingRun> TrainAsync(
        TrainingRequest request, Action<string> output, CancellationToken cancellation, Action<ClaimedJob>? claimed = null)
    {
        var finished = new TrainingFinished(store, signer, time, output);
        for (var attempt = 1; ; attempt++)
        {
            var job = await _arrived.HandleAsync(request, cancellation);
            if (job.Outcome is { } known)
                return new(known, Ran: attempt > 1);

            claimed?.Invoke(job);
            var failure = await RunAsync(job.Id, output, cancellation);
            var outcome = await finished.HandleAsync(job.Id, TrainingEnd.Of(failure), request.By, cancellation);
            if (outcome.Result != TrainingResult.Stopped || attempt == MostAttempts)
                return new(outcome, Ran: true);
            output(outcome.Reason);
        }
    }

    // Whoever died after the archive was stored may have registered it already: another archive, with other latencies in it, would not be the registered one.
    private async Task<string?> RunAsync(string job, Action<string> output, CancellationToken cancellation) =>
        await store.HeadAsync(StoreKeys.TrainingArtifact(job), cancellation: cancellation) is null
            ? await runner.RunAsync(job, output, cancellation)
            : null;
}
