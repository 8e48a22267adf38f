using Slipway.Automation.Jobs;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Costs;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Local;

/// <summary>
/// Runs a claimed job on this machine, in the folder layout that SageMaker gives its containers:
/// the same trainer, the same files, one code path.
/// </summary>
/// <param name="work">The folder for the jobs' folders; each is removed when its job ends. Only one runner at a time uses it: existing contents were left behind by one that crashed.</param>
/// <param name="prices">What an hour of a trainer on this machine costs; null if nobody says.</param>
public sealed class LocalTrainingRunner(IObjectStore store, ITrainerProgram trainer, string work, TimeProvider time, PriceTable? prices = null) : ITrainingRunner
{
    // A trainer that exits without a reason was killed by a person or because of a lack of memory. The second time, it is not an accident.
    private const int MaxCrashes = 2;

    public async Task<TrainingEnd> RunAsync(ClaimedJob job, Action<string> output, CancellationToken cancellation)
    {
        await TrainerRecord.EndOrphansAsync(work, time, cancellation);
        var log = new TrainingLog(output);
        var began = time.GetTimestamp();
        var failure = await RunAsync(job.Id, log, cancellation);
        var seconds = Math.Round(time.GetElapsedTime(began).TotalSeconds, 3);
        await log.WriteAsync(store, job.Id, cancellation);
        return TrainingEnd.Of(failure) with { Cost = TrainingCost.Of(PriceTable.Process, instances: 1, seconds, PriceTable.Local, prices) };
    }

    private async Task<string?> RunAsync(string job, TrainingLog log, CancellationToken cancellation)
    {
        for (var deaths = 1; ; deaths++)
        {
            var end = await RunOnceAsync(job, log.Add, cancellation);
            if (!end.Crashed)
                return end.Failure;
            if (deaths == MaxCrashes)
                return $"{end.Failure} This happened {MaxCrashes} times. Exit code 137 means that it was killed, often because of a lack of memory.";
            log.Add($"{end.Failure} The job will be rerun once.");
        }
    }

    private async Task<TrainerEnd> RunOnceAsync(string job, Action<string> output, CancellationToken cancellation)
    {
        // A different name for every run, because a trainer that outlived its host may still write to its folder.
        var root = Path.Combine(work, $"{job}.{Guid.NewGuid():n}");
        using var folder = await TrainingFolder.PrepareAsync(store, job, root, new Dictionary<string, string>(), cancellation);
        var end = await trainer.RunToEndAsync(folder.Root, output, cancellation);
        if (end.Failure is null)
            await UploadAsync(job, folder.Model, cancellation);
        return end;
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
