using Slipway.Automation.SageMaker;
using Slipway.Registry;
using Slipway.Registry.Lineages;
using Slipway.Registry.Models;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Aws;

/// <summary>
/// A dataset arrived in the bucket: starts one training job on SageMaker for the newest, and none for a dataset that is older, superseded or already trained on.
/// A dataset of a model with <c>retrain</c> is kept until there is a cause.
/// Events may be delivered repeatedly and in any order; the next delivery completes the work of a function that crashed.
/// </summary>
public sealed class AwsDatasetArrived(IObjectStore store, AwsDatasetTraining training, AwsRetraining retraining, AwsEnvironmentRecord environment)
{
    public const string By = "automation";

    public async Task<EventResponse> HandleAsync(DatasetArrival arrival, CancellationToken cancellation)
    {
        var dataset = await store.HeadAsync(arrival.Key, cancellation: cancellation);
        if (dataset is null)
            return EventResponse.Nothing($"'{arrival.Key}' was removed again; there is nothing to train on.");
        if (dataset.Version != arrival.Version)
            return EventResponse.Nothing($"Version {arrival.Version} of '{arrival.Key}' is superseded by {dataset.Version}, which has its own event.");

        var recipe = await training.RecipeAsync(arrival.Model, cancellation) ?? throw Unknown(arrival.Model);
        var spec = AwsDatasetTraining.Spec(recipe);
        if (spec.Trainer == TrainerNames.Imported)
            return EventResponse.Nothing($"The versions of '{arrival.Model}' are imported, so nothing is trained on '{arrival.Key}'. Import one with Register.");

        var use = await training.UseAsync(dataset, recipe, cancellation);
        if (use.WhyNot is { } why)
            return EventResponse.Nothing(why);
        // a job that was claimed for it is completed, whatever claimed it; and without a version that serves, nothing can be the cause
        if (use.Job is null && spec.Retrain is { } retrain && await retraining.ArrivedAsync(arrival.Model, retrain, cancellation) is { } answer)
            return answer.Started is null ? EventResponse.Done($"'{arrival.Key}' is kept. {answer.State.Sentence}") : EventResponse.Done(answer.State.Sentence);
        return await StartAsync(recipe, arrival.Key, cancellation);
    }

    private async Task<EventResponse> StartAsync(TrainingRecipe recipe, string key, CancellationToken cancellation)
    {
        var (job, started) = await training.StartAsync(recipe, key, cause: null, cancellation);
        if (job.Outcome is { } outcome)
            return EventResponse.Nothing($"'{key}' was trained on in job {job.Id}, which ended as {outcome.Result.ToString().ToLowerInvariant()}.");
        return started
            ? EventResponse.Done($"Started training job {job.Id} on '{key}', version {job.Lineage.Dataset.Version}.")
            : EventResponse.Nothing($"Training job {job.Id} on '{key}' was started before.");
    }

    private SlipwayException Unknown(string model) => new(
        $"A dataset arrived for '{model}', but the model has no recipe: '{StoreKeys.Recipe(model)}' is not in the store. "
        + $"Deploy the model with ./build.sh --target=Deploy --environment={environment.Name}, then redrive the event from {environment.Automation.DeadLetters}, or upload the dataset again.");
}
