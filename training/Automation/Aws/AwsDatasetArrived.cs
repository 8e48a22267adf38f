using System.Text;
using Slipway.Automation.Datasets;
using Slipway.Automation.Jobs;
using Slipway.Automation.SageMaker;
using Slipway.Registry;
using Slipway.Registry.Lineages;
using Slipway.Registry.Models;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Aws;

/// <summary>
/// A dataset arrived in the bucket: starts one training job on SageMaker for the newest, and none for a dataset that is older, superseded or already trained on.
/// Events may be delivered repeatedly and in any order; the next delivery completes the work of a function that crashed.
/// </summary>
public sealed class AwsDatasetArrived(IObjectStore store, SageMakerJobs jobs, AwsEnvironmentRecord environment, TimeProvider time)
{
    public const string By = "automation";

    private readonly DatasetArrived _arrived = new(store, time, DatasetArrived.HashAtMostOnAws);
    private readonly RecentJobs _recent = new(store);
    private readonly BucketArrivals _arrivals = new(store);

    public async Task<EventResponse> HandleAsync(DatasetArrival arrival, CancellationToken cancellation)
    {
        var dataset = await store.HeadAsync(arrival.Key, cancellation: cancellation);
        if (dataset is null)
            return EventResponse.Nothing($"'{arrival.Key}' was removed again; there is nothing to train on.");
        if (dataset.Version != arrival.Version)
            return EventResponse.Nothing($"Version {arrival.Version} of '{arrival.Key}' is superseded by {dataset.Version}, which has its own event.");

        var recipe = await RecipeAsync(arrival.Model, cancellation);
        var request = new TrainingRequest(
            arrival.Model, Encoding.UTF8.GetBytes(recipe.Spec), arrival.Key, recipe.Source, recipe.Environment, By);
        if (ModelSpecReader.Read(request.SpecJson.Span, StoreKeys.Recipe(arrival.Model)).Trainer == TrainerNames.Imported)
            return EventResponse.Nothing($"The versions of '{arrival.Model}' are imported, so nothing is trained on '{arrival.Key}'. Import one with Register.");

        var known = await _recent.OfAsync(arrival.Model, cancellation);
        return await WhyNotAsync(dataset, known, TrainingInputs.Of(request), cancellation) is { } why
            ? EventResponse.Nothing(why)
            : await StartAsync(request, cancellation);
    }

    /// <returns>Null if a job has to be started, or one that was only claimed has to be completed.</returns>
    private async Task<string?> WhyNotAsync(ObjectInfo dataset, IReadOnlyList<DatasetJob> known, TrainingInputs now, CancellationToken cancellation)
    {
        // Every put creates a version, so an event for a version that has a job was delivered before.
        if (known.LastOrDefault(job => BucketArrivals.IsOf(job, dataset) && job.Lineage.Imported is null) is { } same)
        {
            if (same.Outcome is { } outcome)
                return $"'{dataset.Key}' was trained on in job {same.Id}, which ended as {Word(outcome.Result)}: {outcome.Reason} "
                    + $"To train on it again: ./build.sh --target=Train --model={same.Lineage.Model} --environment={environment.Name}";
            // After a deployment between two deliveries, another recipe would start a second job on the same data.
            if (!now.Made(same) && await jobs.FindAsync(same.Id, cancellation) is not null)
                return $"'{dataset.Key}' is being trained on in job {same.Id}.";
        }

        return await _arrivals.NewerAsync(dataset, known, cancellation) is { } newer
            ? $"'{dataset.Key}' is older than '{newer.Lineage.Dataset.Key}', which job {newer.Id} uses, so it is not trained on."
            : null;
    }

    private async Task<EventResponse> StartAsync(TrainingRequest request, CancellationToken cancellation)
    {
        var job = await _arrived.HandleAsync(request, cancellation);
        if (job.Outcome is { } outcome)
            return EventResponse.Nothing($"'{request.DatasetKey}' was trained on in job {job.Id}, which ended as {Word(outcome.Result)}.");
        return await jobs.StartAsync(job.Lineage, cancellation)
            ? EventResponse.Done($"Started training job {job.Id} on '{request.DatasetKey}', version {job.Lineage.Dataset.Version}.")
            : EventResponse.Nothing($"Training job {job.Id} on '{request.DatasetKey}' was started before.");
    }

    private async Task<TrainingRecipe> RecipeAsync(string model, CancellationToken cancellation) =>
        (await store.ReadAsync(StoreKeys.Recipe(model), RegistryJson.Default.TrainingRecipe, cancellation))?.Value
        ?? throw new SlipwayException(
            $"A dataset arrived for '{model}', but the model has no recipe: '{StoreKeys.Recipe(model)}' is not in the store. "
            + $"Deploy the model with ./build.sh --target=Deploy --environment={environment.Name}, then redrive the event from {environment.Automation.DeadLetters}, or upload the dataset again.");

    private static string Word(TrainingResult result) => result.ToString().ToLowerInvariant();
}
