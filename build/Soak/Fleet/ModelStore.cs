using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Storage;

namespace Slipway.Soak.Fleet;

/// <summary>A store of its own with the fleet's model, for a row whose server must not disturb the fleet.</summary>
public static class ModelStore
{
    public static async Task<DirectoryObjectStore> CopyAsync(SoakFleet fleet, string folder, TimeProvider time, CancellationToken cancellation)
    {
        var (from, to) = (fleet.Environment.Store, new DirectoryObjectStore(folder, time));
        foreach (var prefix in new[] { StoreKeys.Model(fleet.Model), StoreKeys.TrainingJobs(fleet.Model), StoreKeys.Catalog(Color.Blue), StoreKeys.Catalog(Color.Green) })
            await foreach (var key in from.ListKeysAsync(prefix, null, cancellation))
            {
                await using var found = await from.GetAsync(key, cancellation: cancellation);
                await to.PutAsync(key, found!.Content, PutCondition.None, cancellation);
            }

        return to;
    }

    /// <summary>The arguments of a server of that store.</summary>
    public static string[] Arguments(SoakFleet fleet, string folder, string work, string replica) =>
    [
        $"--Store={folder}", $"--Color={fleet.Live.Word()}", $"--Replica={replica}", $"--CacheFolder={Path.Combine(work, "cache")}", "--Url=http://127.0.0.1:0",
        $"--KeyFile={fleet.Environment.Folders.PredictionKey}", $"--TrustedKeys={fleet.Environment.Folders.TrustedKeys}", $"--DefaultModel={fleet.Model}", "--DrainDelay=00:00:00",
    ];
}
