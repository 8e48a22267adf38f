using System.Globalization;
using System.Runtime.InteropServices;
using Slipway.Automation.Datasets;
using Slipway.Automation.Jobs;
using Slipway.Automation.Rollouts;
using Slipway.Automation.SageMaker;
using Slipway.Build.Cli;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments.Reports;
using Slipway.Build.Tools;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Lineages;
using Slipway.Registry.Models;
using Slipway.Registry.Storage;

namespace Slipway.Build.Environments.Training;

/// <summary>Trains models of the repository in an environment.</summary>
public sealed class ModelTraining(SlipwayEnvironment environment, TrainerBuild build, IProgressReport report)
{
    private readonly List<TrainingOutcome> _outcomes = [];

    private readonly Datasets _datasets = new(environment.Store, environment.Folders, TimeSpan.FromMinutes(5), environment.Time);

    /// <summary>The results of the jobs so far, whatever else went wrong.</summary>
    public IReadOnlyList<TrainingOutcome> Outcomes => _outcomes;

    /// <param name="dataset">A CSV file to copy first; null for the newest in the store, or else the model's sample.</param>
    /// <returns>The version that these inputs produce.</returns>
    /// <exception cref="RefusedException">A gate failed.</exception>
    public Task<int> TrainAsync(ModelFolder model, string? dataset, CancellationToken cancellation) =>
        RunAsync($"Train {model.Name}", model, dataset, imported: null, cancellation);

    /// <summary>The same for a model that was trained elsewhere, on the same holdout and through the same gates.</summary>
    public Task<int> RegisterAsync(ModelFolder model, string? dataset, ImportedModel imported, CancellationToken cancellation) =>
        RunAsync($"Register {model.Name}", model, dataset, imported, cancellation);

    private async Task<int> RunAsync(string title, ModelFolder model, string? dataset, ImportedModel? imported, CancellationToken cancellation)
    {
        Check(model);
        await RequireNoOtherRolloutAsync(model, cancellation);
        if (imported is null)
            WarnIfNotReproducible(model.Name);
        return await report.ShowTrainingAsync(environment, model.Name, await JobAsync(title, model, dataset, imported, cancellation), cancellation);
    }

    /// <summary>Runs a training job and returns its result, whatever that is.</summary>
    public Task<TrainingRun> TryAsync(ModelFolder model, CancellationToken cancellation)
    {
        Check(model);
        return JobAsync($"Train {model.Name}", model, dataset: null, imported: null, cancellation);
    }

    private static void Check(ModelFolder model)
    {
        if (!ModelName.IsValid(model.Name))
            throw new SlipwayException($"The folder training/models/{model.Name} is not a valid model name: use {ModelName.Rule}.");
    }

    // before minutes of training: the version could not be rolled out
    private async Task RequireNoOtherRolloutAsync(ModelFolder model, CancellationToken cancellation)
    {
        if (model.ReadSpec().Delivery == Delivery.Rollout && await environment.Traffic.RunningAsync(cancellation) is { } running && running.Plan.Model != model.Name)
            throw new RolloutRunningException(running);
    }

    private Task<TrainingRun> JobAsync(string title, ModelFolder model, string? dataset, ImportedModel? imported, CancellationToken cancellation) =>
        report.StepAsync(title, async step =>
        {
            var with = await environment.TrainerBuildAsync(model, build, cancellation);
            var key = await DatasetAsync(model, dataset, with, step, cancellation);
            step.Note($"dataset {key}");
            var trained = await environment.TrainAsync(Request(model, key, with) with { Imported = imported }, with, step.Now, cancellation);
            _outcomes.Add(trained.Outcome);
            if (trained.Outcome.Result != TrainingResult.Registered)
                step.Fail();
            return trained;
        });

    /// <summary>
    /// Trains the models that have no version yet. A model without data is skipped; that is not a failure.
    /// A failure does not keep other models from being trained, unless the automation does not respond.
    /// </summary>
    /// <returns>The failure to end with, now that the others are served; null if no model failed.</returns>
    /// <exception cref="SlipwayException">Models failed, and there is none to serve.</exception>
    public async Task<SlipwayException?> TrainMissingAsync(IReadOnlyList<ModelFolder> models, CancellationToken cancellation)
    {
        var failures = await FailuresAsync(models, model => TrainIfMissingAsync(model, cancellation));
        if (failures.Count == 0)
            return null;
        if ((await environment.Versions.ModelsAsync(cancellation)).Count == 0)
            throw failures[0].Why;
        return AsOne(failures, "all other models are served");
    }

    /// <summary>Trains every model on its newest dataset, and waits until each new version is served. A failure does not stop the others.</summary>
    /// <exception cref="RefusedException">Some failed their gates, and nothing else went wrong.</exception>
    /// <exception cref="SlipwayException">Some failed.</exception>
    public async Task TrainAllAsync(IReadOnlyList<ModelFolder> models, CancellationToken cancellation)
    {
        var failures = await FailuresAsync(models, async model =>
        {
            if (await WhatItWaitsForAsync(model, cancellation) is { } what)
                report.Line($"{model.Name} waits for {what}.");
            else
                await report.ShowPublishedAsync(environment, model.Name, await TrainAsync(model, dataset: null, cancellation), cancellation);
        });
        if (failures.Count > 0)
            throw AsOne(failures, "their previous versions are still served");
    }

    private async Task<List<(string Model, SlipwayException Why)>> FailuresAsync(IReadOnlyList<ModelFolder> models, Func<ModelFolder, Task> train)
    {
        var failures = new List<(string Model, SlipwayException Why)>();
        foreach (var model in models)
            try
            {
                await train(model);
            }
            catch (SlipwayException e)
            {
                report.Line(e.Message);
                failures.Add((model.Name, e));
                // the same wait for each of the others would be just as futile
                if (e is VerdictTimeoutException)
                    break;
            }

        return failures;
    }

    private static SlipwayException AsOne(List<(string Model, SlipwayException Why)> failures, string others)
    {
        var what = $"{string.Join(" and ", failures.Select(failure => $"'{failure.Model}'"))} got no version; {others}.\n{string.Join('\n', failures.Select(failure => failure.Why.Message))}";
        return failures.TrueForAll(failure => failure.Why is RefusedException) ? new RefusedException(what, failures[0].Why) : new SlipwayException(what, failures[0].Why);
    }

    private async Task TrainIfMissingAsync(ModelFolder model, CancellationToken cancellation)
    {
        if (await environment.Channels.GetAsync(model.Name, Color.Blue, cancellation) is { Value: var channel })
            report.Line($"{model.Name} is registered, version {channel.Version.ToString(CultureInfo.InvariantCulture)} is live.");
        else if (await WhatItWaitsForAsync(model, cancellation) is { } what)
            report.Line($"{model.Name} waits for {what}.");
        else
            await TrainAsync(model, dataset: null, cancellation);
    }

    private void WarnIfNotReproducible(string model)
    {
        if (build.Refusal is { } refusal)
            report.Line($"'{model}' will not be reproducible: git does not report the commit: {refusal}");
        else if (build.Source.Commit == GitTool.Unknown.Commit)
            report.Line($"'{model}' will not be reproducible: this is not a git checkout, so the lineage cannot record the commit.");
        else if (build.Source.Dirty)
            report.Line($"'{model}' will not be reproducible: there are uncommitted changes. Commit first to get a reproducible version.");
    }

    public static TrainingRequest Request(ModelFolder model, string dataset, TrainerBuild build) => new(
        model.Name, model.ReadSpecJson(), dataset, build.Source,
        new(build.Image, RuntimeInformation.ProcessArchitecture.ToString(), new Dictionary<string, string>()), build.By);

    /// <returns>Null if the model can be trained.</returns>
    private async Task<string?> WhatItWaitsForAsync(ModelFolder model, CancellationToken cancellation)
    {
        var spec = model.ReadSpec();
        if (spec.Trainer == TrainerNames.Imported)
            return $"an imported model. Register one with ./build.sh --target=Register{environment.Argument} --model={model.Name} --onnx=<file> --golden=<file>";
        if (spec.Dataset is null && (await _datasets.NewestFirstAsync(model.Name, cancellation)).Count == 0)
            return $"data: there is no dataset in the store, and its model.json names no sample. Add one with ./build.sh --target=Train{environment.Argument} --model={model.Name} --dataset=<file.csv>, or {environment.HowDataArrives(model.Name)}";
        return null;
    }

    private async Task<string> DatasetAsync(ModelFolder model, string? dataset, TrainerBuild with, IProgressStep step, CancellationToken cancellation)
    {
        if (dataset is not null)
            return await _datasets.ImportAsync(model.Name, dataset, cancellation);

        var known = await _datasets.NewestFirstAsync(model.Name, cancellation);
        return known.Count == 0
            ? await _datasets.ImportSampleAsync(model, with.Trainer, cancellation)
            : await UsableAsync(model, known, with, step, cancellation);
    }

    // A dataset that failed with this spec and code would fail again, so the newest that did not is used.
    private async Task<string> UsableAsync(
        ModelFolder model, IReadOnlyList<ObjectInfo> newestFirst, TrainerBuild with, IProgressStep step, CancellationToken cancellation)
    {
        var inputs = TrainingInputs.Of(Request(model, newestFirst[0].Key, with));
        var jobs = await environment.JobsAsync(model.Name, cancellation);
        var (usable, failed) = DatasetPolicy.NewestUsable(newestFirst, jobs, inputs);
        if (usable is null)
            throw new SlipwayException(
                $"Every dataset of '{model.Name}' has failed before. {Failure(failed[0])}\n" +
                "Correct it or model.json; or pass another, or the same again, with --dataset=<file.csv>.");
        foreach (var job in failed)
            step.Note($"not the newer one. {Failure(job)} To retry it: --dataset={environment.PathOf(job.Lineage.Dataset.Key)}");
        return usable.Key;
    }

    private static string Failure(DatasetJob job) => $"{job.Lineage.Dataset.Key} failed in job {job.Id}: {job.Outcome!.Reason}";
}
