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
            new Dictionary<string, string>(fault is null ? [] : [new("SLIPWAY_Fault", fault)])
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

    /// <summary>Fails early, before anything is started, if the requested port is taken.</summary>
    /// <exception cref="SlipwayException">Another program uses it.</exception>
    public void RequirePort()
    {
        if (options.Port is { } port && !(Running(Gateway) is { } running && KeepsUrl(running)))
            Ports.Required(port);
    }

    /// <summary>Whether the gateways run this release, the first of them on the requested port.</summary>
    public bool AreGatewaysCurrent(Release release) =>
        Running(Gateway) is { } running && running.Release == release.Hash && KeepsUrl(running)
        && Enumerable.Range(2, options.Settings.Gateways - 1).All(number => Running(NameOf(number))?.Release == release.Hash)
        && GatewayNames().Count() == options.Settings.Gateways;

    /// <summary>The running gateways beside the first.</summary>
    public IReadOnlyList<ServiceRecord> OtherGateways => [.. GatewayNames().Skip(1).Select(Running).OfType<ServiceRecord>()];

    /// <summary>Every gateway that was started, the first one first.</summary>
    private IEnumerable<string> GatewayNames() => _records.All().Select(record => record.Name)
        .Where(name => name == Gateway || (name.StartsWith($"{Gateway}-", StringComparison.Ordinal) && name != OldGateway)).Prepend(Gateway).Distinct();

    private static string NameOf(int number) => number == 1 ? Gateway : string.Create(CultureInfo.InvariantCulture, $"{Gateway}-{number}");

    /// <summary>Starts the gateways, or replaces the running ones, one after the other. Those beside the first have a port of their own and are stopped before they are replaced.</summary>
    public async Task StartGatewaysAsync(Release release, CancellationToken cancellation)
    {
        if (!(Running(Gateway) is { } running && running.Release == release.Hash && KeepsUrl(running)))
            await StartGatewayAsync(release, cancellation);
        foreach (var number in Enumerable.Range(2, options.Settings.Gateways - 1))
            if (Running(NameOf(number))?.Release != release.Hash)
                await StartOtherGatewayAsync(NameOf(number), release, cancellation);
        foreach (var surplus in GatewayNames().Skip(options.Settings.Gateways).ToList())
            await StopAsync(surplus, cancellation);
    }

    private async Task StartOtherGatewayAsync(string name, Release release, CancellationToken cancellation)
    {
        var last = _records.Find(name);
        await StopAsync(name, cancellation);
        var record = StartGateway(name, release, Local(Ports.Preferred(PortOf(last?.Url), 0)), Local(Ports.Preferred(PortOf(last?.PrivateUrl), 0)));
        try
        {
            using var client = new GatewayClient(record, time);
            await client.WaitUntilHealthyAsync(services, ReadyTimeout, cancellation);
        }
        catch
        {
            await StopAsync(name, CancellationToken.None);
            throw;
        }
    }

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
            record = StartGateway(Gateway, release, url, privateUrl);
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

    private ServiceRecord StartGateway(string name, Release release, string url, string privateUrl)
    {
        var record = services.Start(new(
            name, release, "Slipway.Gateway", [],
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
            StartGateway(Gateway, before, old.Url!, old.PrivateUrl!);
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
        string[][] turns = [[OldGateway], [.. GatewayNames()], [.. Colors.All.SelectMany(KnownServers).Select(record => record.Name)]];
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
/// <param name="Fault">What the servers of the release do wrong on purpose; null for a release as it was built.</param>
public sealed record FleetOptions(int? Port, string DefaultModel, LocalSettings Settings, bool? InContainers = null, string? Fault = null);
