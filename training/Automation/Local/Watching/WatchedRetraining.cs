using Slipway.Automation.Datasets;
using Slipway.Automation.Retraining;
using Slipway.Registry.Monitoring.Retraining;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Local.Watching;

/// <summary>Keeps the datasets of models with <c>retrain</c>, and trains on the newest when there is a cause.</summary>
public sealed class WatchedRetraining(IObjectStore store, DatasetJobs jobs, IWatchHost host, Action<WatchEvent> report, TimeProvider time)
{
    private readonly StoredCauses _causes = new(store, time);
    private readonly ArrivalTraining _training = new(store, host, report, time);

    /// <summary>Whether a look would train, or find something that it reports.</summary>
    public async Task<bool> IsDueAsync(ArrivalBatch batch, CancellationToken cancellation) =>
        batch.Retrain is { } retrain && await Of(batch, Jobs(batch, cancellation)).IsDueAsync(batch.Model, retrain, cancellation);

    /// <summary>Trains the model if there is a cause. Call it with the environment locked.</summary>
    public async Task LookAsync(ArrivalBatch batch, CancellationToken cancellation)
    {
        if (batch.Retrain is not { } retrain)
            return;
        var retraining = Of(batch, Jobs(batch, cancellation));
        var before = await retraining.StateAsync(batch.Model, cancellation);
        if (await retraining.HandleAsync(batch.Model, retrain, arrived: false, cancellation) is { Started: null } answer && answer.State.Sentence != before?.Sentence)
            report(new(WatchEventKind.Note, batch.Model, answer.State.Sentence));
    }

    /// <summary>A dataset has arrived.</summary>
    /// <returns>False if it is to be trained on now, as those of models without <c>retrain</c> are, and the first one of any model.</returns>
    public async Task<bool> KeepAsync(ArrivalBatch batch, Arrival newest, IReadOnlyList<DatasetJob> known, CancellationToken cancellation)
    {
        if (batch.Retrain is not { } retrain || await Of(batch, new(() => Task.FromResult(known))).HandleAsync(batch.Model, retrain, arrived: true, cancellation) is not { } answer)
            return false;
        if (answer.Started is null)
            report(new(WatchEventKind.Note, batch.Model, $"{newest.File.Name} is kept. {answer.State.Sentence}"));
        return true;
    }

    // read only when there is a cause: a look comes every few seconds
    private Lazy<Task<IReadOnlyList<DatasetJob>>> Jobs(ArrivalBatch batch, CancellationToken cancellation) => new(() => jobs.OfAsync(batch.Model, cancellation));

    private ModelRetraining Of(ArrivalBatch batch, Lazy<Task<IReadOnlyList<DatasetJob>>> known) => new(store, _causes, new Host(store, host, _training, batch, known), time);

    private sealed class Host(IObjectStore store, IWatchHost host, ArrivalTraining training, ArrivalBatch batch, Lazy<Task<IReadOnlyList<DatasetJob>>> known) : IRetrainHost
    {
        public async Task<KeptDataset?> NewestAsync(string model, CancellationToken cancellation) =>
            await NewestAsync() is { File: var file } && await store.HeadAsync(file.Key, cancellation: cancellation) is { } content ? new(file.Key, content.Version, file.Modified) : null;

        private async Task<Arrival?> NewestAsync() => batch.Arrivals.Count == 0 ? null : ArrivalPolicy.Newest(batch.Arrivals, await known.Value);

        // the time of a file may be older than its arrival, which nobody remembers after a restart but for those that were kept
        public async Task<bool> IsUnusedAsync(string model, KeptDataset dataset, bool kept, CancellationToken cancellation) =>
            (await store.HeadAsync(dataset.Key, cancellation: cancellation))?.Version == dataset.Version
            && DatasetPolicy.Decide(
                new(dataset.Version, dataset.Arrived, SeenToCome: kept || await NewestAsync() is { FromStart: false }), await known.Value, TrainingInputs.Of(host.Request(model, dataset.Key))).Verdict == DatasetVerdict.Train;

        public async Task<string?> StartAsync(string model, RetrainStart start, CancellationToken cancellation)
        {
            if (await store.HeadAsync(start.Dataset.Key, cancellation: cancellation) is not { } content || content.Version != start.Dataset.Version)
                return null;
            // after a restart, the file may not have been found still yet
            var arrival = batch.Arrivals.FirstOrDefault(arrival => arrival.File.Key == content.Key)
                ?? new(new(model, content.Key[(content.Key.LastIndexOf('/') + 1)..], content.Length, content.LastModified), TimeSpan.Zero, FromStart: true, ArrivalPhase.Arrived);
            return (await training.TrainAsync(arrival, host.Request(model, content.Key) with { Cause = start.Cause }, batch.Began, cancellation)).TrainingJob;
        }
    }
}
