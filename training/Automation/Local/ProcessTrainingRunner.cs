using System.Diagnostics;
using System.Text;
using System.Text.Json;
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
    // SageMaker keeps as much of the failure file as its FailureReason.
    private const int LongestFailure = 1024;

    /// <param name="output">Gets each line that the trainer prints.</param>
    /// <returns>Why the job failed; null when it completed and its archive is in the store.</returns>
    public async Task<string?> RunAsync(string job, Action<string> output, CancellationToken cancellation)
    {
        var root = Path.Combine(work, job);
        if (Directory.Exists(root))
            Directory.Delete(root, recursive: true);
        try
        {
            await PrepareAsync(job, root, cancellation);
            var exit = await RunTrainerAsync(root, output, cancellation);
            if (exit != 0)
                return Failure(root) ?? $"The trainer ended with exit code {exit} and gave no reason.";

            await UploadAsync(job, Path.Combine(root, "model"), cancellation);
            return null;
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

    private async Task<int> RunTrainerAsync(string root, Action<string> output, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        var start = new ProcessStartInfo("dotnet", [trainer, "train", $"--root={root}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        using var process = Process.Start(start) ?? throw new SlipwayException($"The trainer '{trainer}' did not start.");
        process.OutputDataReceived += (_, line) => Forward(line.Data);
        process.ErrorDataReceived += (_, line) => Forward(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync(either.Token);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            cancellation.ThrowIfCancellationRequested();
            await File.WriteAllTextAsync(
                Path.Combine(root, "output/failure"), $"The job ran longer than {timeout} and was ended.", CancellationToken.None);
            return process.ExitCode;
        }

        void Forward(string? line)
        {
            if (line is not null)
                output(line);
        }
    }

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
