using System.Globalization;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Environments.Fleets.Services;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Predictions;
using Slipway.Registry.Replicas;
using Slipway.Registry.Signing;
using Slipway.Registry.Storage;

namespace Slipway.Build.Environments.Fleets;

/// <summary>Gateway, blue and green on this machine.</summary>
public sealed class LocalFleet(LocalFolders folders, IObjectStore store, FleetOptions options, IServiceHost services, TimeProvider time)
{
    public const string Gateway = "gateway";
    public const string GatewayName = "main";
    private const string OldGateway = "gateway-old";

    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(20);

    private readonly ServiceRecords _records = new(folders);
    private readonly Heartbeats _heartbeats = new(store, time);

    /// <summary>Whether what is started from now on runs in containers, or as processes.</summary>
    public bool InContainers { get; } = options.InContainers ?? new ServiceRecords(folders).Find(Gateway)?.Container is not null;

    /// <summary>What runs now; null for what does not.</summary>
    public ServiceRecord? Running(string name) =>
        _records.Find(name) is { Stopped: false } record && services.IsRunning(record) ? record : null;

    /// <inheritdoc cref="IServiceHost.ReleaseOf"/>
    public Release? ReleaseOf(ServiceRecord service) => services.ReleaseOf(service);

    /// <summary>What was started last under a name, whether it still runs or not.</summary>
    public ServiceRecord? Known(string name) => _records.Find(name);

    /// <summary>Everything that this environment has left running, including what is on its way out.</summary>
    public IEnumerable<ServiceRecord> AllRunning() => _records.All().Where(record => !record.Stopped && services.IsRunning(record));

    /// <summary>Starts a color's server and returns when it is ready to answer, or says why it is not.</summary>
    public async Task<ReplicaHeartbeat> StartServerAsync(Color color, Release release, CancellationToken cancellation)
    {
        // the first server may be there before anything was signed
        SigningKeyFile.ReadOrCreate(folders.SigningKey, folders.TrustedKeys).Dispose();
        await StopAsync(color.Word(), cancellation);
        var replica = $"{color.Word()}-{time.GetUtcNow().ToUnixTimeSeconds().ToString("x", CultureInfo.InvariantCulture)}";
        var cache = Path.Combine(folders.Work, replica);
        Directory.CreateDirectory(cache);
        Directory.CreateDirectory(folders.Store);
        // a container sees no file that is not there yet
        PredictionKey.ReadOrCreate(folders.PredictionKey);
        var record = services.Start(new(
            color.Word(), release, "Slipway.Inference", ["serve"],
            new Dictionary<string, string>
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
            return await _heartbeats.WaitUntilReadyAsync(record, services, options.Settings.ReadyTimeout, cancellation);
        }
        catch
        {
            await StopAsync(color.Word(), CancellationToken.None);
            throw;
        }
    }

    /// <summary>Says at once, before anything is built up, that the port which a person asked for is taken.</summary>
    /// <exception cref="SlipwayException">Another program holds it.</exception>
    public void RequirePort()
    {
        if (options.Port is { } port && !(Running(Gateway) is { } running && KeepsUrl(running)))
            Ports.Required(port);
    }

    /// <summary>Whether the gateway runs this release on the port that was asked for.</summary>
    public bool IsGatewayCurrent(Release release) =>
        Running(Gateway) is { } running && running.Release == release.Hash && KeepsUrl(running);

    /// <summary>
    /// Starts the gateway, or replaces the one that runs: the new one takes over the port before the old one lets go. Where two cannot
    /// share a port the old one ends first, and comes back when the new one does not work.
    /// </summary>
    public async Task<ServiceRecord> StartGatewayAsync(Release release, CancellationToken cancellation)
    {
        await EndReplacedGatewayAsync(cancellation);
        var old = Running(Gateway);
        var last = old ?? _records.Find(Gateway);
        var takesOver = old is not null && services.SharesPorts(old, release);
        var url = old is not null && KeepsUrl(old) ? old.Url! : Local(options.Port is { } port ? Ports.Required(port) : Ports.Preferred(PortOf(last?.Url), options.Settings.PublicPort));
        if (old is not null && !takesOver)
            await StopAsync(Gateway, cancellation);
        // The listener for operators is not handed over: while two gateways run, each has its own.
        var privateUrl = Local(Ports.Preferred(takesOver ? null : PortOf(last?.PrivateUrl), options.Settings.PrivatePort));

        if (takesOver)
            _records.Save(old! with { Name = OldGateway });
        ServiceRecord? record = null;
        try
        {
            record = StartGateway(release, url, privateUrl);
            using var client = new GatewayClient(record, time);
            await client.WaitUntilHealthyAsync(services, options.Settings.ReadyTimeout, cancellation);
        }
        catch
        {
            // Both listen on the port by now, so a new gateway that does not work must not stay.
            if (record is not null)
                await services.StopAsync(record, StopPatience, CancellationToken.None);
            if (takesOver)
                _records.Save(old!);
            else if (old is not null)
                BringBack(old);
            _records.Remove(OldGateway);
            throw;
        }

        await StopAsync(OldGateway, cancellation);
        return record;
    }

    private ServiceRecord StartGateway(Release release, string url, string privateUrl)
    {
        var record = services.Start(new(
            Gateway, release, "Slipway.Gateway", [],
            new Dictionary<string, string>
            {
                ["SLIPWAY_Store"] = folders.Store,
                ["SLIPWAY_Gateway"] = GatewayName,
                ["SLIPWAY_Release"] = release.Hash,
                ["SLIPWAY_Url"] = url,
                ["SLIPWAY_PrivateUrl"] = privateUrl,
                ["SLIPWAY_TakeOver"] = "true",
                // this machine's own callers try out colors, and ask golden rows that are no predictions
                ["SLIPWAY_AllowForcedColor"] = "true",
            },
            Writes: [folders.Store], Reads: [])) with
        { Url = url, PrivateUrl = privateUrl };
        _records.Save(record);
        return record;
    }

    private void BringBack(ServiceRecord old)
    {
        _records.Save(old with { Stopped = true });
        if (services.ReleaseOf(old) is { } before)
            StartGateway(before, old.Url!, old.PrivateUrl!);
    }

    // A command that died in the middle of a replacement has left this; the two may even be the same process still.
    private async Task EndReplacedGatewayAsync(CancellationToken cancellation)
    {
        if (_records.Find(OldGateway) is { } old && _records.Find(Gateway) is { } now && (old.ProcessId, old.Container) == (now.ProcessId, now.Container))
            _records.Remove(OldGateway);
        else
            await StopAsync(OldGateway, cancellation);
    }

    /// <summary>Ends a service and forgets it; nothing happens when it does not run.</summary>
    public async Task StopAsync(string name, CancellationToken cancellation)
    {
        // what was ended before needs no engine that may be gone by now
        if (_records.Find(name) is not { Stopped: false } record)
            return;

        await services.StopAsync(record, StopPatience, cancellation);
        await ForgetAsync(record, cancellation);
    }

    private async Task ForgetAsync(ServiceRecord record, CancellationToken cancellation)
    {
        if (record.Replica is { } replica)
        {
            // A server that was killed could not take its heartbeat with it.
            await store.DeleteAsync(StoreKeys.Replica(replica), cancellation);
            var cache = Path.Combine(folders.Work, replica);
            if (Directory.Exists(cache))
                Directory.Delete(cache, recursive: true);
        }

        // The gateway's record keeps its ports for the next start.
        if (record.Name == Gateway)
            _records.Save(record with { Stopped = true });
        else
            _records.Remove(record.Name);
    }

    /// <summary>
    /// Ends everything, callers' side first, so that the gateway never stands without servers. What is kept about it changes afterwards: a disk
    /// that is full keeps nothing running.
    /// </summary>
    /// <exception cref="SlipwayException">Everything has ended, but not all of that could be written.</exception>
    public async Task StopAllAsync(CancellationToken cancellation)
    {
        string[][] turns = [[OldGateway], [Gateway], [.. Colors.All.Select(color => color.Word())]];
        var ended = new List<ServiceRecord>();
        foreach (var turn in turns)
        {
            List<ServiceRecord> records = [.. turn.Select(_records.Find).OfType<ServiceRecord>().Where(record => !record.Stopped)];
            await Task.WhenAll(records.Select(record => services.StopAsync(record, StopPatience, cancellation)));
            ended.AddRange(records);
        }

        var problems = new List<string>();
        foreach (var record in ended)
            try
            {
                await ForgetAsync(record, cancellation);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or SlipwayException)
            {
                problems.Add(e.Message);
            }

        if (problems.Count > 0)
            throw new SlipwayException($"Everything has ended, but not all of it could be recorded: {string.Join(" ", problems)} Once that is put right, run ./build.sh --target=Stop again.");
    }

    private bool KeepsUrl(ServiceRecord running) => options.Port is null or 0 || options.Port == PortOf(running.Url);

    private static string Local(int port) => $"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}";

    private static int? PortOf(string? url) => url is null ? null : new Uri(url).Port;
}

/// <param name="Port">The port that a person asked for, which it has to be; null for the one in the settings, or another when that is taken.</param>
/// <param name="DefaultModel">The model that <c>/invocations</c> means when a request names none.</param>
/// <param name="InContainers">How a person asked for services to run; null for as they do.</param>
public sealed record FleetOptions(int? Port, string DefaultModel, LocalSettings Settings, bool? InContainers = null);
