using Slipway.Registry;

namespace Slipway.Automation;

/// <summary>
/// Runs a claimed job as a process on this machine, in the folder layout that SageMaker gives its containers:
/// the same trainer, the same files, one code path.
/// </summary>
/// <param name="trainer">Path of the trainer's assembly.</param>
/// <param name="work">Folder for the jobs' own folders; each is removed when its job ends.</param>
public sealed class ProcessTrainingRunner(IObjectStore store, string trainer, string work, TimeSpan timeout, TimeProvider time)
{
    private readonly TrainerProcess _trainer = new(trainer, timeout, time);

    /// <param name="output">Gets each line that the trainer prints.</param>
    /// <returns>Why the job failed; null when it completed and its archive is in the store.</returns>
    public async Task<string?> RunAsync(string job, Action<string> output, CancellationToken cancellation)
    {
        using var folder = await TrainingFolder.PrepareAsync(
            store, job, Path.Combine(work, job), new Dictionary<string, string>(), cancellation);
        var failure = await _trainer.RunAsync(folder.Root, output, cancellation);
        if (failure is null)
            await UploadAsync(job, folder.Model, cancellation);
        return failure;
    }

    private async Task UploadAsync(string job, string folder, CancellationToken cancellation)
    {
        var path = folder + ".tar.gz";
        await using var archive = new FileStream(path, FileMode.Create, FileAccess.ReadWrite);
        await ArtifactArchive.PackAsync(folder, archive, cancellation);
        archive.Position = 0;
        await store.PutAsync(StoreKeys.TrainingArtifact(job), archive, PutCondition.None, cancellation);
    }
}
