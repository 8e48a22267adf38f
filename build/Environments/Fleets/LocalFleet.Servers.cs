using System.Globalization;
using Slipway.Build.Environments.Fleets.Services;
using Slipway.Registry.Channels;
using Slipway.Registry.Predictions;
using Slipway.Registry.Replicas;
using Slipway.Registry.Signing;

namespace Slipway.Build.Environments.Fleets;

public sealed partial class LocalFleet
{
    /// <summary>How many servers each color is meant to have.</summary>
    public int ServersOfAColor => options.Settings.Servers;

    /// <summary>The running servers of a color.</summary>
    public IReadOnlyList<ServiceRecord> RunningServers(Color color) => [.. KnownServers(color).Select(record => Running(record.Name)).OfType<ServiceRecord>()];

    /// <summary>The servers of a color that were started last, whether they are still running or not.</summary>
    public IReadOnlyList<ServiceRecord> KnownServers(Color color) => [.. _records.All().Where(record => IsServer(record.Name, color))];

    private static bool IsServer(string name, Color color) => name == color.Word() || name.StartsWith($"{color.Word()}-", StringComparison.Ordinal);

    private static string NameOf(Color color, int number) =>
        number == 1 ? color.Word() : string.Create(CultureInfo.InvariantCulture, $"{color.Word()}-{number}");

    /// <summary>Starts those of a color's servers that do not run a release, and returns when they are ready to serve, or throws with the reason.</summary>
    public async Task StartServersAsync(Color color, Release release, CancellationToken cancellation)
    {
        foreach (var number in Enumerable.Range(1, ServersOfAColor))
            if (Running(NameOf(color, number))?.Release != release.Hash)
                await StartServerAsync(color, number, release, cancellation);
        var meant = Enumerable.Range(1, ServersOfAColor).Select(number => NameOf(color, number)).ToList();
        foreach (var surplus in KnownServers(color).Where(record => !meant.Contains(record.Name)))
            await StopAsync(surplus.Name, cancellation);
    }

    private async Task<ReplicaHeartbeat> StartServerAsync(Color color, int number, Release release, CancellationToken cancellation)
    {
        // the first server may start before anything was signed
        SigningKeyFile.ReadOrCreate(folders.SigningKey, folders.TrustedKeys).Dispose();
        var name = NameOf(color, number);
        await StopAsync(name, cancellation);
        var replica = $"{name}-{time.GetUtcNow().ToUnixTimeSeconds().ToString("x", CultureInfo.InvariantCulture)}";
        var cache = Path.Combine(folders.Work, replica);
        Directory.CreateDirectory(cache);
        Directory.CreateDirectory(folders.Store);
        // a container cannot see a file that does not exist yet
        PredictionKey.ReadOrCreate(folders.PredictionKey);
        var fault = ReleaseFolder.FaultOf(release);
        var record = services.Start(new(
            name, release, "Slipway.Inference", ["serve"],
            new Dictionary<string, string>([.. TelemetryVariables.Of(Environment.GetEnvironmentVariables()), .. fault is null ? [] : new[] { KeyValuePair.Create("SLIPWAY_Fault", fault) }])
            {
                ["SLIPWAY_Store"] = folders.Store,
                ["SLIPWAY_Color"] = color.Word(),
                ["SLIPWAY_Replica"] = replica,
                ["SLIPWAY_Release"] = release.Hash,
                ["SLIPWAY_Url"] = "http://127.0.0.1:0",
                ["SLIPWAY_KeyFile"] = folders.PredictionKey,
                ["SLIPWAY_Signatures"] = options.Settings.Signatures.Word(),
                ["SLIPWAY_TrustedKeys"] = folders.TrustedKeys,
                ["SLIPWAY_DefaultModel"] = options.DefaultModel,
                ["SLIPWAY_CacheFolder"] = cache,
            },
            Writes: [folders.Store, cache], Reads: [folders.PredictionKey, folders.TrustedKeys])) with
        { Replica = replica };
        _records.Save(record);
        try
        {
            return await _heartbeats.WaitUntilReadyAsync(record, services, ReadyTimeout, cancellation);
        }
        catch
        {
            await StopAsync(name, CancellationToken.None);
            throw;
        }
    }
}
