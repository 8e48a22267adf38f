using System.Globalization;
using System.Text.Json;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Lineages;
using Slipway.Registry.Models;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Local;

/// <summary>
/// Reruns a training job on its recorded input, to check whether it produces the same bytes. It reads the store and writes nothing to it:
/// no job is claimed, nothing is uploaded or registered.
/// </summary>
public sealed class TrainingReplay : IDisposable
{
    private readonly TrainingFolder _folder;

    private TrainingReplay(TrainingFolder folder) => _folder = folder;

    /// <summary>Fetches the job's recorded input: a newer dataset under the same key does not matter.</summary>
    /// <param name="folder">Where the job is to run; deleted on disposal.</param>
    /// <exception cref="SlipwayException">The input no longer exists, or does not match the lineage.</exception>
    public static async Task<TrainingReplay> PrepareAsync(
        IObjectStore store, Lineage lineage, string folder, CancellationToken cancellation)
    {
        // The lineage is used, not the spec: a job may have overridden values of its spec.
        var decided = new Dictionary<string, string>(lineage.Hyperparameters)
        {
            ["seed"] = lineage.Seed.ToString(CultureInfo.InvariantCulture),
        };
        var replay = new TrainingReplay(await TrainingFolder.PrepareAsync(store, lineage.TrainingJob, folder, decided, cancellation));
        try
        {
            await replay.RequireAsync(lineage, "training", "dataset", DatasetSha256(lineage), cancellation);
            await replay.RequireAsync(lineage, "spec", "spec", lineage.SpecSha256, cancellation);
            return replay;
        }
        catch
        {
            replay.Dispose();
            throw;
        }
    }

    /// <exception cref="SlipwayException">The trainer failed.</exception>
    public async Task<ReplayedModel> RunAsync(ITrainerProgram trainer, Action<string> output, CancellationToken cancellation)
    {
        if ((await trainer.RunToEndAsync(_folder.Root, output, cancellation)).Failure is { } failure)
            throw new SlipwayException($"The training failed, although it succeeded when the version was trained: {failure}");
        return new(
            await Sha256Hex.OfFileAsync(Path.Combine(_folder.Model, ArtifactFiles.Onnx), cancellation),
            await EvidenceAsync(Path.Combine(_folder.Model, ArtifactFiles.Training), cancellation));
    }

    public void Dispose() => _folder.Dispose();

    private static string DatasetSha256(Lineage lineage) => lineage.Dataset.Sha256
        ?? throw new SlipwayException($"The lineage of training job {lineage.TrainingJob} does not record which bytes it read: it did not get that far.");

    private async Task RequireAsync(Lineage lineage, string channel, string what, string expected, CancellationToken cancellation)
    {
        var place = $"{StoreKeys.TrainingInput(lineage.TrainingJob)}{channel}/";
        if (_folder.Input(channel) is not [var file])
            throw new SlipwayException(
                $"The {what} of training job {lineage.TrainingJob} is no longer in the store: '{place}' contains {_folder.Input(channel).Count} files. " +
                "Restore it from a backup; without it, the version cannot be reproduced.");

        var actual = await Sha256Hex.OfFileAsync(file, cancellation);
        if (actual != expected)
            throw new SlipwayException(
                $"The {what} in '{place}' is not that of training job {lineage.TrainingJob}: it has SHA-256 {actual}, but the lineage records {expected}. " +
                "Somebody changed the store by hand; restore the file from a backup.");
    }

    // The trainer is from another commit and may report less, or something else, about itself. The bytes of the model are what counts.
    private static async Task<TrainingEvidence?> EvidenceAsync(string path, CancellationToken cancellation)
    {
        if (!File.Exists(path))
            return null;

        await using var content = File.OpenRead(path);
        try
        {
            return await CompleteJson.DeserializeAsync(content, RegistryJson.Default.TrainingEvidence, cancellation);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <param name="OnnxSha256">Hash of the resulting <c>model.onnx</c>.</param>
/// <param name="Evidence">What the trainer reports about its environment; null if this program does not support the format.</param>
public sealed record ReplayedModel(string OnnxSha256, TrainingEvidence? Evidence);
