using System.Text;
using Slipway.Automation.Datasets;
using Slipway.Automation.Jobs;
using Slipway.Automation.SageMaker;
using Slipway.Registry;
using Slipway.Registry.Lineages;
using Slipway.Registry.Models;
using Slipway.Registry.Monitoring.Retraining;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Aws;

/// <summary>One training job on SageMaker for a dataset, whoever asks for it, and none for a dataset that is older than another or already trained on.</summary>
public sealed class AwsDatasetTraining(IObjectStore store, SageMakerJobs jobs, AwsEnvironmentRecord environment, TimeProvider time)
{
    private readonly DatasetArrived _arrived = new(store, time, DatasetArrived.HashAtMostOnAws);
    private readonly RecentJobs _recent = new(store);
    private readonly BucketArrivals _arrivals = new(store);

    /// <summary>What a model is trained with; null if it was never deployed.</summary>
    public async Task<TrainingRecipe?> RecipeAsync(string model, CancellationToken cancellation) =>
        (await store.ReadAsync(StoreKeys.Recipe(model), RegistryJson.Default.TrainingRecipe, cancellation))?.Value;

    public static ModelSpec Spec(TrainingRecipe recipe) => ModelSpecReader.Read(Encoding.UTF8.GetBytes(recipe.Spec), StoreKeys.Recipe(recipe.Model));

    /// <returns>What the dataset's jobs say about it.</returns>
    public async Task<DatasetUse> UseAsync(ObjectInfo dataset, TrainingRecipe recipe, CancellationToken cancellation)
    {
        var known = await _recent.OfAsync(recipe.Model, cancellation);
        // Every put creates a version, so an event for a version that has a job was delivered before.
        var same = known.LastOrDefault(job => BucketArrivals.IsOf(job, dataset) && job.Lineage.Imported is null);
        if (same is not null)
        {
            if (same.Outcome is { } outcome)
                return new(same, $"'{dataset.Key}' was trained on in job {same.Id}, which ended as {Word(outcome.Result)}: {outcome.Reason} "
                    + $"To train on it again: ./build.sh --target=Train --model={same.Lineage.Model} --environment={environment.Name}");
            // After a deployment between two deliveries, another recipe would start a second job on the same data.
            if (!TrainingInputs.Of(Request(recipe, dataset.Key, cause: null)).Made(same) && await jobs.FindAsync(same.Id, cancellation) is not null)
                return new(same, $"'{dataset.Key}' is being trained on in job {same.Id}.");
        }

        return new(same, await _arrivals.NewerAsync(dataset, known, cancellation) is { } newer
            ? $"'{dataset.Key}' is older than '{newer.Lineage.Dataset.Key}', which job {newer.Id} uses, so it is not trained on."
            : null);
    }

    /// <returns>The job, and whether this call started it.</returns>
    public async Task<(ClaimedJob Job, bool Started)> StartAsync(TrainingRecipe recipe, string key, RetrainCause? cause, CancellationToken cancellation)
    {
        var job = await _arrived.HandleAsync(Request(recipe, key, cause), cancellation);
        return (job, job.Outcome is null && await jobs.StartAsync(job.Lineage, cancellation));
    }

    private static TrainingRequest Request(TrainingRecipe recipe, string key, RetrainCause? cause) =>
        new(recipe.Model, Encoding.UTF8.GetBytes(recipe.Spec), key, recipe.Source, recipe.Environment, AwsDatasetArrived.By, Cause: cause);

    private static string Word(TrainingResult result) => result.ToString().ToLowerInvariant();
}

/// <param name="Job">The last job on it; null if there is none.</param>
/// <param name="WhyNot">Why no job is to be started on it; null if one is, or if one that was only claimed has to be completed.</param>
public sealed record DatasetUse(DatasetJob? Job, string? WhyNot);
