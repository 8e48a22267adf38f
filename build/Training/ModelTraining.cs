using System.Globalization;
using System.Runtime.InteropServices;
using Slipway.Automation;
using Slipway.Registry;

namespace Slipway.Build;

/// <summary>Trains models of the repository in the local environment.</summary>
public sealed class ModelTraining(LocalEnvironment environment, Release trainer, SourceReference source, string by, IProgressReport report)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromHours(1);

    private readonly Datasets _datasets = new(environment.Store, environment.Folders, TimeSpan.FromMinutes(5));

    /// <param name="dataset">A CSV to bring in first; null for the newest in the store, or the model's sample where there is none.</param>
    /// <returns>The version that these inputs are.</returns>
    /// <exception cref="RefusedException">The gates said no.</exception>
    public Task<int> TrainAsync(ModelFolder model, string? dataset, CancellationToken cancellation) =>
        RunAsync($"Train {model.Name}", model, dataset, outside: null, cancellation);

    /// <summary>The same with a model that was made elsewhere, on the same holdout and through the same gates.</summary>
    public Task<int> RegisterAsync(ModelFolder model, string? dataset, OutsideModel outside, CancellationToken cancellation) =>
        RunAsync($"Register {model.Name}", model, dataset, outside, cancellation);

    private async Task<int> RunAsync(string title, ModelFolder model, string? dataset, OutsideModel? outside, CancellationToken cancellation)
    {
        if (!ModelName.IsValid(model.Name))
            throw new SlipwayException($"The folder training/models/{model.Name} is no name for a model: it takes {ModelName.Rule}.");

        if (outside is null)
            SayIfNotReproducible(model.Name);
        var result = await report.StepAsync(title, async step =>
        {
            var key = await DatasetAsync(model, dataset, cancellation);
            step.Note($"dataset {key}");
            var runner = new ProcessTrainingRunner(
                environment.Store, trainer.Assembly("Slipway.Trainer"), Path.Combine(environment.Folders.Work, "training-jobs"), Timeout, environment.Time);
            var trained = await new LocalTraining(environment.Store, runner, environment.Time).TrainAsync(Request(model, key, outside), step.Now, cancellation);
            if (trained.Outcome.Result != TrainingResult.Registered)
                step.Fail();
            return trained;
        });
        return await report.ShowTrainingAsync(environment, model.Name, result, cancellation);
    }

    /// <summary>Trains the models that have no version yet.</summary>
    public async Task TrainMissingAsync(IReadOnlyList<ModelFolder> models, CancellationToken cancellation)
    {
        foreach (var model in models)
            if (await environment.Channels.GetAsync(model.Name, Color.Blue, cancellation) is { Value: var channel })
                report.Line($"{model.Name} is registered, version {channel.Version.ToString(CultureInfo.InvariantCulture)} is live.");
            else
                await TrainAsync(model, dataset: null, cancellation);
    }

    private void SayIfNotReproducible(string model)
    {
        if (source.Commit == GitTool.Unknown.Commit)
            report.Line($"'{model}' will not be reproducible: this is no git checkout, so its lineage can not say which code made it.");
        else if (source.Dirty)
            report.Line($"'{model}' will not be reproducible: there are uncommitted changes. Commit first to get a version that is.");
    }

    private async Task<string> DatasetAsync(ModelFolder model, string? dataset, CancellationToken cancellation) => dataset is not null
        ? await _datasets.ImportAsync(model.Name, dataset, cancellation)
        : await _datasets.LatestAsync(model.Name, cancellation) ?? await _datasets.ImportSampleAsync(model, trainer, cancellation);

    private TrainingRequest Request(ModelFolder model, string dataset, OutsideModel? outside) => new(
        model.Name, model.ReadSpecJson(), dataset, source,
        new(trainer.Hash, RuntimeInformation.ProcessArchitecture.ToString(), new Dictionary<string, string>()), by, outside);
}
