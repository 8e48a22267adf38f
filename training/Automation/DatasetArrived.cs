using System.Security.Cryptography;
using Slipway.Automation.Jobs;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Lineages;
using Slipway.Registry.Manifests;
using Slipway.Registry.Models;
using Slipway.Registry.Storage;

namespace Slipway.Automation;

/// <summary>
/// A dataset exists: ensure that exactly one training job uses it. Describes the dataset, copies the exact version
/// to the job's input, and claims the job; running it is up to the host. Idempotent.
/// </summary>
/// <param name="maxHashBytes">
/// For a store whose versions never change: a dataset with more bytes is hashed by the job that reads it, and copies are not read again.
/// Null for a folder, where people write to files in place: every dataset is hashed, and so is its copy.
/// </param>
public sealed class DatasetArrived(IObjectStore store, TimeProvider time, long? maxHashBytes = null)
{
    /// <summary>The largest dataset that is worth hashing before the job does: a few seconds of a Lambda function.</summary>
    public const long HashAtMostOnAws = 256 * 1024 * 1024;

    private readonly TrainingJobs _jobs = new(store);

    public async Task<ClaimedJob> HandleAsync(TrainingRequest request, CancellationToken cancellation)
    {
        var spec = ModelSpecReader.Read(request.SpecJson.Span, $"model.json of '{request.Model}'");
        if (spec.Trainer == TrainerNames.Imported && request.Imported is null)
            throw new SlipwayException(
                $"The versions of '{request.Model}' are imported ('trainer' in its model.json is {TrainerNames.Imported}), so there is nothing to train. " +
                $"Register one: ./build.sh --target=Register --model={request.Model} --onnx=<file> --golden=<file>");

        var specSha256 = Sha256Hex.Of(request.SpecJson.Span);
        var dataset = await DescribeAsync(request.DatasetKey, cancellation);
        var champion = await ChampionAsync(request.Model, cancellation);

        var prefix = TrainingJobId.Prefix(request, dataset, specSha256);
        var job = await _jobs.ClaimAsync(prefix, Begin, cancellation);
        if (job.Outcome is null)
            await CopyInputAsync(job.Lineage, request, champion, cancellation);
        return job;

        Lineage Begin(string id) => new(
            id, request.Model, dataset, specSha256, request.Imported is null ? spec.Trainer : TrainerNames.Imported, Hyperparameters: new Dictionary<string, string>(),
            spec.Seed, request.Source, request.Environment, champion?.Version, time.GetUtcNow(), FinishedAt: null, request.Imported?.ToReference(), Cause: request.Cause);
    }

    private async Task<DatasetReference> DescribeAsync(string key, CancellationToken cancellation)
    {
        if (maxHashBytes is { } most)
        {
            var info = await store.HeadAsync(key, cancellation: cancellation) ?? throw Unknown(key);
            if (info.Length > most)
                return new(key, info.Version, Sha256: null, info.Length, Rows: null);
        }

        await using var found = await store.GetAsync(key, cancellation: cancellation) ?? throw Unknown(key);
        var sha256 = await Sha256Hex.OfAsync(found.Content, cancellation);
        return new(key, found.Info.Version, sha256, found.Info.Length, Rows: null);
    }

    private async Task<ModelManifest?> ChampionAsync(string model, CancellationToken cancellation)
    {
        var champion = await new Champions(store, time).FindAsync(model, cancellation);
        return champion is { } version
            ? await new ModelVersions(store).GetAsync(model, version, cancellation)
            : null;
    }

    // A training channel is a key prefix and has no object versions: the job gets its own copies, which nothing overwrites.
    private async Task CopyInputAsync(Lineage lineage, TrainingRequest request, ModelManifest? champion, CancellationToken cancellation)
    {
        var job = lineage.TrainingJob;
        var file = lineage.Dataset.Key[(lineage.Dataset.Key.LastIndexOf('/') + 1)..];
        await CopyAsync(lineage.Dataset, StoreKeys.TrainingInput(job, "training", file), cancellation);

        await PutAsync(StoreKeys.TrainingInput(job, "spec", ArtifactFiles.Spec), request.SpecJson, cancellation);
        if (request.Imported is { } imported)
        {
            await PutAsync(StoreKeys.TrainingInput(job, ImportedReference.Channel, ArtifactFiles.Onnx), imported.Onnx, cancellation);
            await PutAsync(StoreKeys.TrainingInput(job, ImportedReference.Channel, ArtifactFiles.Golden), imported.Golden, cancellation);
        }

        if (champion is not null && champion.Version == lineage.Parent)
            await CopyChampionAsync(champion.Artifact, StoreKeys.TrainingInput(job, "champion", ArtifactFiles.Onnx), cancellation);
    }

    private async Task PutAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        using var stream = new MemoryStream(content.ToArray(), writable: false);
        await store.PutAsync(key, stream, PutCondition.Absent, cancellation);
    }

    private async Task CopyChampionAsync(ArtifactReference artifact, string to, CancellationToken cancellation) =>
        await new ArtifactFetcher(store).WithUnpackedAsync(
            artifact,
            async folder =>
            {
                await using var onnx = File.OpenRead(Path.Combine(folder, ArtifactFiles.Onnx));
                return await store.PutAsync(to, onnx, PutCondition.Absent, cancellation);
            },
            cancellation);

    private async Task CopyAsync(DatasetReference dataset, string to, CancellationToken cancellation)
    {
        if (maxHashBytes is null)
        {
            await CopyHashedAsync(dataset, to, cancellation);
            return;
        }

        try
        {
            await store.CopyAsync(dataset.Key, dataset.Version, to, PutCondition.Absent, cancellation);
        }
        catch (MissingVersionException)
        {
            throw Changed(dataset);
        }
    }

    // If a person writes to a dataset in place, the rows may change between the hash and the copy: then the copy must not be kept.
    private async Task CopyHashedAsync(DatasetReference dataset, string to, CancellationToken cancellation)
    {
        var source = await store.GetAsync(dataset.Key, dataset.Version, cancellation) ?? throw Changed(dataset);
        await using (source)
        {
            using var hash = SHA256.Create();
            await using var hashed = new CryptoStream(source.Content, hash, CryptoStreamMode.Read);
            if (await store.PutAsync(to, hashed, PutCondition.Absent, cancellation) is null || Convert.ToHexStringLower(hash.Hash!) == dataset.Sha256)
                return;
        }

        await store.DeleteAsync(to, cancellation);
        throw Changed(dataset);
    }

    private static SlipwayException Unknown(string key) =>
        new($"There is no dataset '{key}' in the store. Pass one with --dataset=<file.csv>.");

    private static DatasetChangedException Changed(DatasetReference dataset) => new(
        $"'{dataset.Key}' changed while the job was being prepared: its version {dataset.Version} is gone. Start the training again.");
}
