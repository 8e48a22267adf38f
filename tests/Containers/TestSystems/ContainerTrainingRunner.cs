using Slipway.Automation.Jobs;
using Slipway.Automation.Local;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Storage;

namespace Slipway.Containers.Tests.TestSystems;

/// <summary>Runs a claimed job as SageMaker does: the image with the word 'train' and a folder at /opt/ml.</summary>
internal sealed class ContainerTrainingRunner(IObjectStore store) : ITrainingRunner
{
    public async Task<TrainingEnd> RunAsync(ClaimedJob job, Action<string> output, CancellationToken cancellation)
    {
        var root = Directories.ForEverybody(job.Id);
        using var folder = await TrainingFolder.PrepareAsync(store, job.Id, root, new Dictionary<string, string>(), cancellation);
        Directories.Open(root);
        var exit = TestSystem.Docker.Run(Container.Restricted(TestSystem.ModelImage, "train") with { Network = "none", Mounts = [new(root, "/opt/ml")] }, output);
        if (exit != 0)
            return TrainingEnd.Failed($"exit code {exit}");

        var path = Path.Combine(TestSystem.Folder, "model.tar.gz");
        await using var archive = new FileStream(path, FileMode.Create, FileAccess.ReadWrite);
        await ArtifactArchive.PackAsync(folder.Model, archive, cancellation);
        archive.Position = 0;
        await store.PutAsync(StoreKeys.TrainingArtifact(job.Id), archive, PutCondition.None, cancellation);
        return TrainingEnd.Completed;
    }
}
