using Slipway.Automation.Jobs;
using Slipway.Automation.Rollouts;
using Slipway.Automation.SageMaker;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Channels;
using Slipway.Registry.Costs;
using Slipway.Registry.Lineages;
using Slipway.Registry.Manifests;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Aws;

/// <summary>
/// A training job on SageMaker ended: applies the gates, publishes the version if it passed, and updates the model registry. A candidate that was compared
/// with an outdated champion is compared again, unless there is newer data. Safe to repeat, in any order.
/// </summary>
/// <param name="finished">The steps for every ended job, wherever it ran.</param>
/// <param name="waiting">Where a job waits whose model cannot be rolled out yet.</param>
public sealed class AwsTrainingFinished(
    IObjectStore store, TrainingFinished finished, SageMakerJobs jobs, ModelPackages packages, WaitingJobs waiting, TimeProvider time)
{
    private readonly TrainingJobs _records = new(store);

    public async Task<EventResponse> HandleAsync(string job, TrainingEnd end, CancellationToken cancellation)
    {
        // A claim is written before its job is started, so a job without one was started by another environment of the account.
        if ((await store.ReadAsync(StoreKeys.TrainingLineage(job), RegistryJson.Default.Lineage, cancellation))?.Value is not { } lineage)
            return EventResponse.Nothing($"Training job {job} does not belong to this environment: '{StoreKeys.TrainingLineage(job)}' is not in its store.");

        TrainingOutcome outcome;
        try
        {
            outcome = await finished.HandleAsync(job, await PricedAsync(lineage, end, cancellation), AwsDatasetArrived.By, cancellation);
        }
        catch (RolloutPostponedException e)
        {
            await waiting.AddAsync(job, e.Message, cancellation);
            return EventResponse.Done($"Training job {job} waits for its turn. {e.Message}");
        }

        var text = $"Training job {job} ended as {outcome.Result.ToString().ToLowerInvariant()}{(outcome.Version is { } number ? $", version {number}" : "")}: {outcome.Reason}";
        if (outcome.Version is { } version)
            await RegisterAsync(lineage.Model, version, cancellation);
        if (TrainingLoop.HasToCompareAgain(end, outcome))
            text += $" {await CompareAgainAsync(lineage, cancellation)}";
        return EventResponse.Done(text);
    }

    // a price that is not known now must not keep the job from ending
    private async Task<TrainingEnd> PricedAsync(Lineage lineage, TrainingEnd end, CancellationToken cancellation)
    {
        if ((await jobs.FindAsync(lineage.TrainingJob, cancellation))?.Billed is not { } billed)
            return end;
        var prices = await PricesAsync(lineage.Model, cancellation);
        return end with { Cost = TrainingCost.Of(billed.InstanceType, billed.Instances, billed.Seconds, jobs.Region, prices) };
    }

    private async Task<PriceTable?> PricesAsync(string model, CancellationToken cancellation)
    {
        try
        {
            return (await store.ReadAsync(StoreKeys.Recipe(model), RegistryJson.Default.TrainingRecipe, cancellation))?.Value.Prices;
        }
        catch (UnreadableObjectException)
        {
            return null;
        }
    }

    private async Task RegisterAsync(string model, int version, CancellationToken cancellation)
    {
        var manifest = await new ModelVersions(store).GetAsync(model, version, cancellation)
            ?? throw new SlipwayException($"The manifest of '{model}' version {version} is not in the store, although its outcome is. Restore '{StoreKeys.Version(model, version)}' from a backup.");
        // A late delivery must not approve a version that was rolled back in the meantime.
        var blocked = await new ModelChannels(store, time).IsBlockedAsync(model, manifest.Artifact.OnnxSha256, cancellation);
        await packages.EnsureAsync(manifest, !blocked, cancellation);
    }

    /// <returns>A sentence that describes what was done.</returns>
    private async Task<string> CompareAgainAsync(Lineage lineage, CancellationToken cancellation)
    {
        var next = TrainingJobId.Next(lineage.TrainingJob, out var attempt);
        if (attempt > TrainingLoop.MaxAttempts)
            return $"It was the last of {TrainingLoop.MaxAttempts} attempts; Train starts another.";
        if (await _records.OutcomeAsync(next, cancellation) is not null)
            return $"Job {next}, the next attempt, has already ended.";

        var dataset = await store.HeadAsync(lineage.Dataset.Key, cancellation: cancellation);
        if (dataset?.Version != lineage.Dataset.Version)
            return "Its dataset is superseded, so it is not compared again.";
        var known = await new RecentJobs(store).OfAsync(lineage.Model, cancellation);
        if (await new BucketArrivals(store).NewerAsync(dataset, known, cancellation) is { } newer)
            return $"Job {newer.Id} uses newer data, so this one is not compared again.";

        var claim = await new DatasetArrived(store, time, DatasetArrived.HashAtMostOnAws).HandleAsync(await RequestAsync(lineage, cancellation), cancellation);
        if (claim.Outcome is null)
            await jobs.StartAsync(claim.Lineage, cancellation);
        return $"Job {claim.Id} repeats the comparison.";
    }

    // From the job's own input, because the recipe may have changed.
    private async Task<TrainingRequest> RequestAsync(Lineage lineage, CancellationToken cancellation)
    {
        var spec = await InputAsync(lineage, "spec", ArtifactFiles.Spec, cancellation);
        var imported = lineage.Imported is null
            ? null
            : new ImportedModel(
                await InputAsync(lineage, ImportedReference.Channel, ArtifactFiles.Onnx, cancellation), await InputAsync(lineage, ImportedReference.Channel, ArtifactFiles.Golden, cancellation));
        return new(lineage.Model, spec, lineage.Dataset.Key, lineage.Source, lineage.Environment, AwsDatasetArrived.By, imported, lineage.Cause);
    }

    private async Task<byte[]> InputAsync(Lineage lineage, string channel, string file, CancellationToken cancellation)
    {
        var key = StoreKeys.TrainingInput(lineage.TrainingJob, channel, file);
        await using var found = await store.GetAsync(key, cancellation: cancellation) ?? throw new SlipwayException($"'{key}' no longer exists in the store.");
        using var bytes = new MemoryStream();
        await found.Content.CopyToAsync(bytes, cancellation);
        return bytes.ToArray();
    }
}
