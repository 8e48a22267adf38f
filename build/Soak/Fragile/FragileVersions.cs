using System.Security.Cryptography;
using Slipway.Benchmarks.Contestants;
using Slipway.Build.Environments;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Manifests;
using Slipway.Registry.Models;
using Slipway.Registry.Storage;

namespace Slipway.Soak.Fragile;

/// <summary>Registers versions with a <see cref="FragileModel"/>, each with a band of its own, so that no version fails what an earlier one failed.</summary>
public sealed class FragileVersions(LocalEnvironment environment, ModelManifest sound, string work)
{
    private const float Steps = 0.1f;
    private const float HalfWidth = 0.01f;

    /// <param name="number">Of the band.</param>
    /// <returns>The version, and a request that it does not predict.</returns>
    public async Task<(ModelManifest Version, ContestantRequest Request)> RegisterAsync(int number, CancellationToken cancellation)
    {
        var (feature, center, half) = Band(number);
        var folder = Path.Combine(work, $"fragile-{number}");
        await new ArtifactFetcher(environment.Store).FetchAsync(sound.Artifact, folder, cancellation);
        var path = Path.Combine(folder, ArtifactFiles.Onnx);
        var onnx = FragileModel.Of(await File.ReadAllBytesAsync(path, cancellation), sound.Schema, feature, center, half);
        await File.WriteAllBytesAsync(path, onnx, cancellation);
        using var archive = new MemoryStream();
        await ArtifactArchive.PackAsync(folder, archive, cancellation);
        var bytes = archive.ToArray();
        var job = $"{sound.Model}-{Hash(bytes)[..12]}-a1";
        var key = StoreKeys.TrainingArtifact(job);
        using var content = new MemoryStream(bytes);
        var stored = await environment.Store.PutAsync(key, content, PutCondition.Absent, cancellation)
            ?? throw new SlipwayException($"'{key}' is in the store already.");
        var artifact = new ArtifactReference(key, stored.Version, bytes.Length, Hash(bytes), Hash(onnx));
        var version = await environment.Versions.RegisterAsync(
            sound.Model, version => sound with { Version = version, Artifact = artifact, Lineage = sound.Lineage with { TrainingJob = job } }, environment.Signer, cancellation);
        var golden = await new GoldenSets(environment.Store).ReadAsync(sound, cancellation);
        float[] row = [.. golden.Inputs[0]];
        row[feature] = center;
        return (version, ContestantRequest.Infer(sound.Model, golden with { Inputs = [row] }));
    }

    /// <summary>Beyond the range of the first number in the training data, and not so far that the caller would be to blame.</summary>
    private (int Feature, float Center, float Half) Band(int number)
    {
        var feature = 0;
        foreach (var column in sound.Schema.Columns)
        {
            if (column.Kind == ColumnKind.Numeric && column is { Minimum: { } least, Maximum: { } most } && most > least)
                return (feature, most + (most - least) * (1 + number * Steps), (most - least) * HalfWidth);
            feature += column.Categories?.Count ?? 1;
        }

        throw new SlipwayException($"'{sound.Model}' has no column of numbers.");
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
