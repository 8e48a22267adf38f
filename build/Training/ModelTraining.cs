using System.Runtime.InteropServices;
using Slipway.Automation;
using Slipway.Registry;

namespace Slipway.Build;

/// <summary>Trains models of the repository in the local environment.</summary>
public sealed class ModelTraining(IObjectStore store, LocalFolders folders, TimeSpan timeout, TimeProvider time)
{
    private readonly Datasets _datasets = new(store, folders, timeout);

    /// <param name="dataset">A CSV to bring in first; null for the newest in the store, or the model's sample where there is none.</param>
    public async Task<LocalTrainingResult> TrainAsync(
        ModelFolder model, string? dataset, Release trainer, SourceReference source, string by, Action<string> output, CancellationToken cancellation)
    {
        if (!ModelName.IsValid(model.Name))
            throw new SlipwayException($"The folder training/models/{model.Name} is no name for a model: it takes {ModelName.Rule}.");

        var key = dataset is not null
            ? await _datasets.ImportAsync(model.Name, dataset, cancellation)
            : await _datasets.LatestAsync(model.Name, cancellation) ?? await _datasets.ImportSampleAsync(model, trainer, cancellation);

        var environment = new TrainingEnvironment(
            trainer.Hash, RuntimeInformation.ProcessArchitecture.ToString(), new Dictionary<string, string>());
        var request = new TrainingRequest(model.Name, model.ReadSpecJson(), key, source, environment, by);
        var runner = new ProcessTrainingRunner(
            store, trainer.Assembly("Slipway.Trainer"), Path.Combine(folders.Work, "training-jobs"), timeout, time);
        return await new LocalTraining(store, runner, time).TrainAsync(request, output, cancellation);
    }
}
