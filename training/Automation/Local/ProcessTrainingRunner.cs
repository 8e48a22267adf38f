using System.Text.Json;
using Slipway.Registry;

namespace Slipway.Automation;

/// <summary>
/// Runs a claimed job as a process on this machine, in the folder layout that SageMaker gives its containers:
/// the same trainer, the same files, one code path.
/// </summary>
/// <param name="trainer">Path of the trainer's assembly.</param>
/// <param name="work">Folder for the jobs' own folders; each is removed when its job ends. One runner at a time works in it: what it finds there was left by one that died.</param>
public sealed class ProcessTrainingRunner(IObjectStore store, string trainer, string work, TimeSpan timeout, TimeProvider time) : ITrainingRunner
{
    // SageMaker keeps as much of the failure file as its FailureReason.
    private const int LongestFailure = 1024;

    // A trainer that ends without a word was killed: by a person, or for want of memory. The second time it is no accident.
    private const int MostDeaths = 2;

    public async Task<string?> RunAsync(string job, Action<string> output, CancellationToken cancellation)
    {
        await TrainerProcess.EndLeftoversAsync(work, time, cancellation);
        for (var deaths = 1; ; deaths++)
        {
            var exit = await RunOnceAsync(job, output, cancellation);
            if (exit.Code == 0 || exit.Reason is not null)
                return exit.Reason;
            if (deaths == MostDeaths)
                return $"The trainer ended with exit code {exit.Code} and gave no reason, {MostDeaths} times. Exit code 137 means that it was killed, often for want of memory.";
            output($"The trainer ended with exit code {exit.Code} and gave no reason. The job is run once more.");
        }
    }

    private async Task<(int Code, string? Reason)> RunOnceAsync(string job, Action<string> output, CancellationToken cancellation)
    {
        // A name of its own for every run: a trainer that outlived its host may still write to the folder it was given.
        var root = Path.Combine(work, $"{job}.{Guid.NewGuid():n}");
        try
        {
            await PrepareAsync(job, root, cancellation);
            var code = await new TrainerProcess(trainer, root, time).RunAsync(timeout, output, cancellation);
            if (code != 0)
                return (code, Failure(root));

            await UploadAsync(job, Path.Combine(root, "model"), cancellation);
            return (code, null);
        }
        finally
        {
            if (Directory.Exists(root))
                Directory.Delete(root, recursive: true);
        }
    }

    private async Task PrepareAsync(string job, string root, CancellationToken cancellation)
    {
        foreach (var folder in new[] { "input/config", "input/data", "model", "output/data" })
            Directory.CreateDirectory(Path.Combine(root, folder));

        var prefix = StoreKeys.TrainingInput(job);
        var channels = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var input in store.ListAsync(prefix, cancellation))
        {
            var path = input.Key[prefix.Length..];
            channels.Add(path[..path.IndexOf('/')]);
            await DownloadAsync(input.Key, Path.Combine(root, "input/data", path), cancellation);
        }

        await WriteJsonAsync(root, "hyperparameters.json", new Dictionary<string, string>(), cancellation);
        await WriteJsonAsync(
            root, "inputdataconfig.json",
            channels.ToDictionary(channel => channel, _ => new { TrainingInputMode = "File", S3DistributionType = "FullyReplicated" }), cancellation);
        await WriteJsonAsync(root, "resourceconfig.json", new { current_host = "algo-1", hosts = new[] { "algo-1" } }, cancellation);
    }

    private async Task DownloadAsync(string key, string path, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var source = await store.GetAsync(key, cancellation: cancellation) ?? throw new SlipwayException($"'{key}' is gone from the store.");
        await using (source)
        {
            await using var file = File.Create(path);
            await source.Content.CopyToAsync(file, cancellation);
        }
    }

    private static async Task WriteJsonAsync<T>(string root, string file, T value, CancellationToken cancellation) =>
        await File.WriteAllBytesAsync(
            Path.Combine(root, "input/config", file), JsonSerializer.SerializeToUtf8Bytes(value), cancellation);

    private static string? Failure(string root)
    {
        var path = Path.Combine(root, "output/failure");
        if (!File.Exists(path))
            return null;

        var reason = File.ReadAllText(path).Trim();
        return reason.Length switch { 0 => null, <= LongestFailure => reason, _ => reason[..LongestFailure] };
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
