using System.Text.Json;
using Slipway.Registry;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Local;

/// <summary>
/// A job's folder on this machine, with the layout that SageMaker gives <c>/opt/ml</c> in its containers, whichever commit the trainer is from:
/// the layout is the contract between them. It is deleted on disposal.
/// </summary>
public sealed class TrainingFolder : IDisposable
{
    private TrainingFolder(string root) => Root = root;

    public string Root { get; }

    /// <summary>The trainer's output.</summary>
    public string Model => Path.Combine(Root, "model");

    /// <param name="root">An existing folder is deleted first.</param>
    /// <param name="hyperparameters">What the job overrides in the model's spec.</param>
    public static async Task<TrainingFolder> PrepareAsync(
        IObjectStore store, string job, string root, IReadOnlyDictionary<string, string> hyperparameters, CancellationToken cancellation)
    {
        var folder = new TrainingFolder(root);
        folder.Dispose();
        try
        {
            await folder.FillAsync(store, job, hyperparameters, cancellation);
            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>The files of an input channel, by name.</summary>
    public IReadOnlyList<string> Input(string channel)
    {
        var folder = Path.Combine(Root, "input/data", channel);
        return Directory.Exists(folder) ? [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal)] : [];
    }

    public void Dispose()
    {
        if (Directory.Exists(Root))
            Directory.Delete(Root, recursive: true);
    }

    private async Task FillAsync(
        IObjectStore store, string job, IReadOnlyDictionary<string, string> hyperparameters, CancellationToken cancellation)
    {
        foreach (var folder in new[] { "input/config", "input/data", "model", "output/data" })
            Directory.CreateDirectory(Path.Combine(Root, folder));

        var prefix = StoreKeys.TrainingInput(job);
        var channels = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var input in store.ListKeysAsync(prefix, cancellation: cancellation))
        {
            var path = input[prefix.Length..];
            channels.Add(path[..path.IndexOf('/')]);
            await DownloadAsync(store, input, Path.Combine(Root, "input/data", path), cancellation);
        }

        await WriteJsonAsync("hyperparameters.json", hyperparameters, cancellation);
        await WriteJsonAsync(
            "inputdataconfig.json",
            channels.ToDictionary(channel => channel, _ => new { TrainingInputMode = "File", S3DistributionType = "FullyReplicated" }), cancellation);
        await WriteJsonAsync("resourceconfig.json", new { current_host = "algo-1", hosts = new[] { "algo-1" } }, cancellation);
    }

    private static async Task DownloadAsync(IObjectStore store, string key, string path, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var source = await store.GetAsync(key, cancellation: cancellation) ?? throw new SlipwayException($"'{key}' no longer exists in the store.");
        await using (source)
        {
            await using var file = File.Create(path);
            await source.Content.CopyToAsync(file, cancellation);
        }
    }

    private async Task WriteJsonAsync<T>(string file, T value, CancellationToken cancellation) =>
        await File.WriteAllBytesAsync(
            Path.Combine(Root, "input/config", file), JsonSerializer.SerializeToUtf8Bytes(value), cancellation);
}
