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
/// A dataset came into the bucket: one training job on SageMaker for the newest, none for what is older, superseded or judged already.
/// Events come more than once and in any order; a function that dies is completed by the next delivery.
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
            return EventResponse.Nothing($"Version {arrival.Version} of '{arrival.Key}' is superseded by {dataset.Version}, which has an event of its own.");

        var recipe = await RecipeAsync(arrival.Model, cancellation);
        var request = new TrainingRequest(
            arrival.Model, Encoding.UTF8.GetBytes(recipe.Spec), arrival.Key, recipe.Source, recipe.Environment, By);
        if (ModelSpecReader.Read(request.SpecJson.Span, StoreKeys.Recipe(arrival.Model)).Trainer == TrainerNames.Imported)
            return EventResponse.Nothing($"The versions of '{arrival.Model}' are made elsewhere, so nothing is trained on '{arrival.Key}'. Bring one in with Register.");

        var known = await _recent.OfAsync(arrival.Model, cancellation);
        return await WhyNotAsync(dataset, known, TrainingInputs.Of(request), cancellation) is { } why
            ? EventResponse.Nothing(why)
            : await StartAsync(request, cancellation);
    }

    /// <returns>Null when a job is to be started, or one that was only claimed is to be completed.</returns>
    private async Task<string?> WhyNotAsync(ObjectInfo dataset, IReadOnlyList<DatasetJob> known, TrainingInputs now, CancellationToken cancellation)
    {
        // Every put has a version of its own, so an event for a version that has a job is one that was delivered before.
        if (known.LastOrDefault(job => BucketArrivals.IsOf(job, dataset) && job.Lineage.Imported is null) is { } same)
        {
            if (same.Outcome is { } outcome)
                return $"'{dataset.Key}' was trained on in job {same.Id}, which ended as {Word(outcome.Result)}: {outcome.Reason} "
                    + $"To train on it once more: ./build.sh --target=Train --model={same.Lineage.Model} --environment={environment.Name}";
            // Deployed anew between two deliveries: another recipe would make a second job of the same data.
            if (!now.Made(same) && await jobs.FindAsync(same.Id, cancellation) is not null)
                return $"'{dataset.Key}' is being trained on in job {same.Id}.";
        }

        return await _arrivals.NewerAsync(dataset, known, cancellation) is { } newer
            ? $"'{dataset.Key}' is older than '{newer.Lineage.Dataset.Key}', which job {newer.Id} is of; it is not trained on."
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
            $"A dataset came for '{model}', but nothing says what it is trained with: '{StoreKeys.Recipe(model)}' is not in the store. "
            + $"Deploy the model with ./build.sh --target=Deploy --environment={environment.Name}, then send the event again from {environment.Automation.DeadLetters}, or bring the dataset anew.");

    private static string Word(TrainingResult result) => result.ToString().ToLowerInvariant();
}
