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

    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(20);

    private readonly ServiceRecords _records = new(folders);
    private readonly Heartbeats _heartbeats = new(store, time);

    /// <summary>Whether services are started in containers or as processes from now on.</summary>
    public bool InContainers { get; } = options.InContainers ?? new ServiceRecords(folders).Find(Gateway)?.Container is not null;

    /// <summary>How long a service may take to be ready.</summary>
    public TimeSpan ReadyTimeout => options.Settings.ReadyTimeout;

    /// <summary>The running service; null if it is not running.</summary>
    public ServiceRecord? Running(string name) =>
        _records.Find(name) is { Stopped: false } record && services.IsRunning(record) ? record : null;

    /// <inheritdoc cref="IServiceHost.ReleaseOf"/>
    public Release? ReleaseOf(ServiceRecord service) => services.ReleaseOf(service);

    /// <summary>The last service that was started under a name, whether it is still running or not.</summary>
    public ServiceRecord? Known(string name) => _records.Find(name);

    /// <summary>Everything that this environment has left running, including services that are shutting down.</summary>
    public IEnumerable<ServiceRecord> AllRunning() => _records.All().Where(record => !record.Stopped && services.IsRunning(record));

    /// <summary>Starts a color's server and returns when it is ready to serve, or throws with the reason.</summary>
    public async Task<ReplicaHeartbeat> StartServerAsync(Color color, Release release, CancellationToken cancellation)
    {
        // the first server may start before anything was signed
        SigningKeyFile.ReadOrCreate(folders.SigningKey, folders.TrustedKeys).Dispose();
        await StopAsync(color.Word(), cancellation);
        var replica = $"{color.Word()}-{time.GetUtcNow().ToUnixTimeSeconds().ToString("x", CultureInfo.InvariantCulture)}";
        var cache = Path.Combine(folders.Work, replica);
        Directory.CreateDirectory(cache);
        Directory.CreateDirectory(folders.Store);
        // a container cannot see a file that does not exist yet
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
            return await _heartbeats.WaitUntilReadyAsync(record, services, ReadyTimeout, cancellation);
        }
        catch
        {
            await StopAsync(color.Word(), CancellationToken.None);
            throw;
        }
    }

    /// <summary>Fails early, before anything is started, if the requested port is taken.</summary>
    /// <exception cref="SlipwayException">Another program uses it.</exception>
    public void RequirePort()
    {
        if (options.Port is { } port && !(Running(Gateway) is { } running && KeepsUrl(running)))
            Ports.Required(port);
    }

    /// <summary>Whether the gateway runs this release on the requested port.</summary>
    public bool IsGatewayCurrent(Release release) =>
        Running(Gateway) is { } running && running.Release == release.Hash && KeepsUrl(running);

    /// <summary>
    /// Starts the gateway, or replaces the running one: the new one takes over the port before the old one closes it. If two processes cannot
    /// share a port, the old one is stopped first, and restarted if the new one does not work.
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
        // The operators' listener is not handed over: while two gateways run, each has its own.
        var privateUrl = Local(Ports.Preferred(takesOver ? null : PortOf(last?.PrivateUrl), options.Settings.PrivatePort));

        if (takesOver)
            _records.Save(old! with { Name = OldGateway });
        ServiceRecord? record = null;
        try
        {
            record = StartGateway(release, url, privateUrl);
            using var client = new GatewayClient(record, time);
            await client.WaitUntilHealthyAsync(services, ReadyTimeout, cancellation);
        }
        catch
        {
            // By now both listen on the port, so a new gateway that does not work must not stay.
            if (record is not null)
                await services.StopAsync(record, StopTimeout, CancellationToken.None);
            if (takesOver)
                _records.Save(old!);
            else if (old is not null)
                Restore(old);
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
            new Dictionary<string, string>(GatewayNotifications.Variables(options.Settings.Notifications, Environment.GetEnvironmentVariable))
            {
                ["SLIPWAY_Store"] = folders.Store,
                ["SLIPWAY_Gateway"] = GatewayName,
                ["SLIPWAY_Release"] = release.Hash,
                ["SLIPWAY_Url"] = url,
                ["SLIPWAY_PrivateUrl"] = privateUrl,
                ["SLIPWAY_TakeOver"] = "true",
                // callers on this machine may select a color, and send golden rows that do not count as predictions
                ["SLIPWAY_AllowForcedColor"] = "true",
            },
            Writes: [folders.Store], Reads: [])) with
        { Url = url, PrivateUrl = privateUrl };
        _records.Save(record);
        return record;
    }

    private void Restore(ServiceRecord old)
    {
        _records.Save(old with { Stopped = true });
        if (services.ReleaseOf(old) is { } before)
            StartGateway(before, old.Url!, old.PrivateUrl!);
    }

    // Left behind by a command that died during a replacement; both records may even be the same process.
    private async Task EndReplacedGatewayAsync(CancellationToken cancellation)
    {
        if (_records.Find(OldGateway) is { } old && _records.Find(Gateway) is { } now && (old.ProcessId, old.Container) == (now.ProcessId, now.Container))
            _records.Remove(OldGateway);
        else
            await StopAsync(OldGateway, cancellation);
    }

    /// <summary>Stops a service and deletes its record; does nothing if it is not running.</summary>
    public async Task StopAsync(string name, CancellationToken cancellation)
    {
        // a service that has already ended must not require a Docker engine that may be gone by now
        if (_records.Find(name) is not { Stopped: false } record)
            return;

        await services.StopAsync(record, StopTimeout, cancellation);
        await ForgetAsync(record, cancellation);
    }

    private async Task ForgetAsync(ServiceRecord record, CancellationToken cancellation)
    {
        if (record.Replica is { } replica)
        {
            // A server that was killed could not delete its heartbeat.
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
    /// Stops everything, the gateway first, so that it is never left without servers. The records change afterwards: a full disk
    /// must not keep anything running.
    /// </summary>
    /// <exception cref="SlipwayException">Everything has stopped, but not all records could be written.</exception>
    public async Task StopAllAsync(CancellationToken cancellation)
    {
        string[][] turns = [[OldGateway], [Gateway], [.. Colors.All.Select(color => color.Word())]];
        var ended = new List<ServiceRecord>();
        foreach (var turn in turns)
        {
            List<ServiceRecord> records = [.. turn.Select(_records.Find).OfType<ServiceRecord>().Where(record => !record.Stopped)];
            await Task.WhenAll(records.Select(record => services.StopAsync(record, StopTimeout, cancellation)));
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
            throw new SlipwayException($"Everything has stopped, but not all of it could be recorded: {string.Join(" ", problems)} Fix that, then run ./build.sh --target=Stop again.");
    }

    private bool KeepsUrl(ServiceRecord running) => options.Port is null or 0 || options.Port == PortOf(running.Url);

    private static string Local(int port) => $"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}";

    private static int? PortOf(string? url) => url is null ? null : new Uri(url).Port;
}

/// <param name="Port">The requested port, which must be used; null for the one in the settings, or a free port if that is taken.</param>
/// <param name="DefaultModel">The model for requests to <c>/invocations</c> that name none.</param>
/// <param name="InContainers">Whether containers were requested; null to keep the current mode.</param>
public sealed record FleetOptions(int? Port, string DefaultModel, LocalSettings Settings, bool? InContainers = null);
