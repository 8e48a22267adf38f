using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Slipway.Automation.Reports;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Lineages;
using Slipway.Registry.Manifests;
using Slipway.Registry.Models;
using Slipway.Registry.Storage;

namespace Slipway.Automation;

/// <summary>The artifact of a finished job, verified against the request.</summary>
/// <param name="Lineage">Completed with what only the job knew: rows, the hash of a large dataset, the hyperparameters that were used, libraries.</param>
internal sealed record CandidateArtifact(
    Lineage Lineage, ArtifactReference Artifact, ModelSpec Spec, ModelSchema Schema, ModelMetrics Metrics, IReadOnlyList<ReportPlot> Plots)
{
    /// <exception cref="InvalidArtifactException">It is not what the job was asked for, and cannot be used.</exception>
    public static async Task<CandidateArtifact> OpenAsync(IObjectStore store, Lineage lineage, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("slipway-candidate-").FullName;
        try
        {
            return await ReadAsync(store, lineage, Path.Combine(folder, "model"), cancellation);
        }
        catch (FileNotFoundException e)
        {
            throw new InvalidArtifactException($"The archive contains no {Path.GetFileName(e.FileName)}.", e);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<CandidateArtifact> ReadAsync(IObjectStore store, Lineage lineage, string folder, CancellationToken cancellation)
    {
        var archive = await UnpackAsync(store, StoreKeys.TrainingArtifact(lineage.TrainingJob), folder, cancellation);
        var evidence = Read(folder, ArtifactFiles.Training, RegistryJson.Default.TrainingEvidence);
        OnnxFile.RejectExternalData(Path.Combine(folder, ArtifactFiles.Onnx));

        await RequireAsync(folder, ArtifactFiles.Onnx, evidence.OnnxSha256, "the job recorded", cancellation);
        await RequireAsync(folder, ArtifactFiles.Spec, lineage.SpecSha256, "the job was given", cancellation);
        if (lineage.Dataset.Sha256 is not null && evidence.DatasetSha256 != lineage.Dataset.Sha256)
            throw new InvalidArtifactException(
                $"The job read a dataset with SHA-256 {evidence.DatasetSha256}, but was given {lineage.Dataset.Sha256}.");

        return new(
            Complete(lineage, evidence),
            archive with { OnnxSha256 = evidence.OnnxSha256 },
            ModelSpecReader.Read(await File.ReadAllBytesAsync(Path.Combine(folder, ArtifactFiles.Spec), cancellation), ArtifactFiles.Spec),
            Read(folder, ArtifactFiles.Schema, RegistryJson.Default.ModelSchema),
            Read(folder, ArtifactFiles.Metrics, RegistryJson.Default.ModelMetrics),
            ReportPlot.ReadAll(folder));
    }

    private static async Task<ArtifactReference> UnpackAsync(IObjectStore store, string key, string folder, CancellationToken cancellation)
    {
        var archive = await store.GetAsync(key, cancellation: cancellation)
            ?? throw new InvalidArtifactException($"The job completed, but '{key}' is not in the store.");
        await using (archive)
        {
            var path = folder + ".tar.gz";
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite);
            await archive.Content.CopyToAsync(file, cancellation);
            file.Position = 0;
            var sha256 = await Sha256Hex.OfAsync(file, cancellation);
            file.Position = 0;
            await ArtifactArchive.UnpackAsync(file, folder, ArtifactLimits.Default, cancellation);
            return new(key, archive.Info.Version, file.Length, sha256, OnnxSha256: "");
        }
    }

    private static async Task RequireAsync(string folder, string name, string expected, string who, CancellationToken cancellation)
    {
        var actual = await Sha256Hex.OfFileAsync(Path.Combine(folder, name), cancellation);
        if (actual != expected)
            throw new InvalidArtifactException($"{name} in the archive has SHA-256 {actual}, but {who} {expected}.");
    }

    private static Lineage Complete(Lineage lineage, TrainingEvidence evidence) => lineage with
    {
        Dataset = lineage.Dataset with { Sha256 = evidence.DatasetSha256, Rows = evidence.Rows },
        Trainer = evidence.Trainer,
        Hyperparameters = evidence.Hyperparameters,
        Seed = evidence.Seed,
        Environment = lineage.Environment with { Architecture = evidence.Architecture, Libraries = evidence.Libraries },
    };

    private static T Read<T>(string folder, string file, JsonTypeInfo<T> type)
    {
        try
        {
            return CompleteJson.Deserialize(File.ReadAllBytes(Path.Combine(folder, file)), type)
                ?? throw new InvalidArtifactException($"{file} in the archive is empty.");
        }
        catch (JsonException e)
        {
            throw new InvalidArtifactException($"{file} in the archive cannot be read: {e.Message}", e);
        }
    }
}
