using Slipway.Build.Environments;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Storage;

namespace Slipway.Benchmarks.Contestants;

/// <summary>A store of its own with one model of an environment, for servers that must neither disturb the environment nor be found by its gateway.</summary>
/// <param name="live">The color whose channel the servers read.</param>
public sealed class ModelStore(LocalEnvironment environment, string model, Color live)
{
    public async Task<DirectoryObjectStore> CopyAsync(string folder, CancellationToken cancellation)
    {
        var (from, to) = (environment.Store, new DirectoryObjectStore(folder, environment.Time));
        foreach (var prefix in new[] { StoreKeys.Model(model), StoreKeys.TrainingJobs(model), StoreKeys.Catalog(Color.Blue), StoreKeys.Catalog(Color.Green) })
            await foreach (var key in from.ListKeysAsync(prefix, null, cancellation))
            {
                await using var found = await from.GetAsync(key, cancellation: cancellation);
                await to.PutAsync(key, found!.Content, PutCondition.None, cancellation);
            }

        return to;
    }

    /// <summary>The arguments of a server of that store.</summary>
    /// <param name="work">A folder of its own.</param>
    /// <param name="url">Where it listens; a free port of this machine by default.</param>
    public string[] Arguments(string folder, string work, string replica, string url = "http://127.0.0.1:0") =>
    [
        $"--Store={folder}", $"--Color={live.Word()}", $"--Replica={replica}", $"--CacheFolder={Path.Combine(work, "cache")}", $"--Url={url}",
        $"--KeyFile={environment.Folders.PredictionKey}", $"--TrustedKeys={environment.Folders.TrustedKeys}", $"--DefaultModel={model}", "--DrainDelay=00:00:00",
    ];
}
