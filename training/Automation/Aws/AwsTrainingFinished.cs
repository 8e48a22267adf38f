using Slipway.Automation.Jobs;
using Slipway.Automation.SageMaker;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Channels;
using Slipway.Registry.Lineages;
using Slipway.Registry.Manifests;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Aws;

/// <summary>
/// A training job on SageMaker ended: judge it, publish what passed, tell the model registry. What was compared with a champion that is none any more
/// is compared again, unless newer data is there. Safe to repeat, in any order.
/// </summary>
/// <param name="finished">What every ended job goes through, wherever it ran.</param>
public sealed class AwsTrainingFinished(IObjectStore store, TrainingFinished finished, SageMakerJobs jobs, ModelPackages packages, TimeProvider time)
{
    private readonly TrainingJobs _records = new(store);

    public async Task<EventResponse> HandleAsync(string job, TrainingEnd end, CancellationToken cancellation)
    {
        // A claim is written before its job is started, so what has none was started by another environment of the account.
        if ((await store.ReadAsync(StoreKeys.TrainingLineage(job), RegistryJson.Default.Lineage, cancellation))?.Value is not { } lineage)
            return EventResponse.Nothing($"Training job {job} is not of this environment: '{StoreKeys.TrainingLineage(job)}' is not in its store.");

        var outcome = await finished.HandleAsync(job, end, AwsDatasetArrived.By, cancellation);
        var text = $"Training job {job} ended as {outcome.Result.ToString().ToLowerInvariant()}{(outcome.Version is { } number ? $", version {number}" : "")}: {outcome.Reason}";
        if (outcome.Version is { } version)
            await RegisterAsync(lineage.Model, version, cancellation);
        if (TrainingLoop.HasToCompareAgain(end, outcome))
            text += $" {await CompareAgainAsync(lineage, cancellation)}";
        return EventResponse.Done(text);
    }

    private async Task RegisterAsync(string model, int version, CancellationToken cancellation)
    {
        var manifest = await new ModelVersions(store).GetAsync(model, version, cancellation)
            ?? throw new SlipwayException($"The manifest of '{model}' version {version} is not in the store, though its outcome is. Put '{StoreKeys.Version(model, version)}' back from a backup.");
        // A late delivery must not approve what was rolled back meanwhile.
        var blocked = await new ModelChannels(store, time).IsBlockedAsync(model, manifest.Artifact.OnnxSha256, cancellation);
        await packages.EnsureAsync(manifest, !blocked, cancellation);
    }

    /// <returns>A sentence that says what is done.</returns>
    private async Task<string> CompareAgainAsync(Lineage lineage, CancellationToken cancellation)
    {
        var next = TrainingJobId.Next(lineage.TrainingJob, out var attempt);
        if (attempt > TrainingLoop.MaxAttempts)
            return $"It was the last of {TrainingLoop.MaxAttempts} attempts; Train makes another.";
        if (await _records.OutcomeAsync(next, cancellation) is not null)
            return $"Job {next} came after it, and has ended.";

        var dataset = await store.HeadAsync(lineage.Dataset.Key, cancellation: cancellation);
        if (dataset?.Version != lineage.Dataset.Version)
            return "Its dataset is superseded, so it is left at that.";
        var known = await new RecentJobs(store).OfAsync(lineage.Model, cancellation);
        if (await new BucketArrivals(store).NewerAsync(dataset, known, cancellation) is { } newer)
            return $"Job {newer.Id} is on newer data, so it is left at that.";

        var claim = await new DatasetArrived(store, time, DatasetArrived.HashAtMostOnAws).HandleAsync(await RequestAsync(lineage, cancellation), cancellation);
        if (claim.Outcome is null)
            await jobs.StartAsync(claim.Lineage, cancellation);
        return $"Job {claim.Id} compares again.";
    }

    // From the job's own input: the recipe may be another by now.
    private async Task<TrainingRequest> RequestAsync(Lineage lineage, CancellationToken cancellation)
    {
        var spec = await InputAsync(lineage, "spec", ArtifactFiles.Spec, cancellation);
        var imported = lineage.Imported is null
            ? null
            : new ImportedModel(
                await InputAsync(lineage, ImportedReference.Channel, ArtifactFiles.Onnx, cancellation), await InputAsync(lineage, ImportedReference.Channel, ArtifactFiles.Golden, cancellation));
        return new(lineage.Model, spec, lineage.Dataset.Key, lineage.Source, lineage.Environment, AwsDatasetArrived.By, imported);
    }

    private async Task<byte[]> InputAsync(Lineage lineage, string channel, string file, CancellationToken cancellation)
    {
        var key = StoreKeys.TrainingInput(lineage.TrainingJob, channel, file);
        await using var found = await store.GetAsync(key, cancellation: cancellation) ?? throw new SlipwayException($"'{key}' is gone from the store.");
        using var bytes = new MemoryStream();
        await found.Content.CopyToAsync(bytes, cancellation);
        return bytes.ToArray();
    }
}
