using System.Globalization;
using System.Text.Json;
using Slipway.Registry;

namespace Slipway.Automation;

/// <summary>
/// A training job once more, from the input that it had, to see whether it gives the same bytes. It reads the store and writes nothing there:
/// no job is claimed, nothing is uploaded or registered.
/// </summary>
public sealed class TrainingReplay : IDisposable
{
    private readonly TrainingFolder _folder;

    private TrainingReplay(TrainingFolder folder) => _folder = folder;

    /// <summary>Fetches the job's own input: a newer dataset under the same key does not matter.</summary>
    /// <param name="folder">Where the job is to run; removed on disposal.</param>
    /// <exception cref="SlipwayException">The input is gone, or is not what the lineage says.</exception>
    public static async Task<TrainingReplay> PrepareAsync(
        IObjectStore store, Lineage lineage, string folder, CancellationToken cancellation)
    {
        // The lineage decides, not the spec: a job may have been given other values than its spec has.
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
            throw new SlipwayException($"The training failed, though it did not when the version was made: {failure}");
        return new(
            await Sha256Hex.OfFileAsync(Path.Combine(_folder.Model, ArtifactFiles.Onnx), cancellation),
            await EvidenceAsync(Path.Combine(_folder.Model, ArtifactFiles.Training), cancellation));
    }

    public void Dispose() => _folder.Dispose();

    private static string DatasetSha256(Lineage lineage) => lineage.Dataset.Sha256
        ?? throw new SlipwayException($"The lineage of training job {lineage.TrainingJob} does not say which bytes it read: it never got so far.");

    private async Task RequireAsync(Lineage lineage, string channel, string what, string expected, CancellationToken cancellation)
    {
        var place = $"{StoreKeys.TrainingInput(lineage.TrainingJob)}{channel}/";
        if (_folder.Input(channel) is not [var file])
            throw new SlipwayException(
                $"The {what} that training job {lineage.TrainingJob} was given is not in the store any more: '{place}' holds {_folder.Input(channel).Count} files. " +
                "Put it back from a backup; without it the version can not be made again.");

        var actual = await Sha256Hex.OfFileAsync(file, cancellation);
        if (actual != expected)
            throw new SlipwayException(
                $"The {what} in '{place}' is not the one that training job {lineage.TrainingJob} was given: it has SHA-256 {actual}, the lineage says {expected}. " +
                "Somebody changed the store by hand; put the file back from a backup.");
    }

    // The trainer is of another commit and may say less, or other things, about itself. The model's bytes are what counts.
    private static async Task<TrainingEvidence?> EvidenceAsync(string path, CancellationToken cancellation)
    {
        if (!File.Exists(path))
            return null;

        await using var content = File.OpenRead(path);
        try
        {
            return await JsonSerializer.DeserializeAsync(content, RegistryJson.Default.TrainingEvidence, cancellation);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <param name="OnnxSha256">Of the <c>model.onnx</c> that was made.</param>
/// <param name="Evidence">What the trainer says that it worked with; null where it says so in a way that this program does not know.</param>
public sealed record ReplayedModel(string OnnxSha256, TrainingEvidence? Evidence);
