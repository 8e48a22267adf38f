using Slipway.Build.Cli.Configuration;
using Slipway.Build.Environments.Fleets.Services;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Storage;

namespace Slipway.Build.Environments.Fleets;

/// <summary>Gateway, blue and green on this machine.</summary>
public sealed partial class LocalFleet(LocalFolders folders, IObjectStore store, FleetOptions options, IServiceHost services, TimeProvider time)
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

}

/// <param name="Port">The requested port, which must be used; null for the one in the settings, or a free port if that is taken.</param>
/// <param name="DefaultModel">The model for requests to <c>/invocations</c> that name none.</param>
/// <param name="InContainers">Whether containers were requested; null to keep the current mode.</param>
/// <param name="Fault">What the servers of the release do wrong on purpose; null for a release as it was built.</param>
public sealed record FleetOptions(int? Port, string DefaultModel, LocalSettings Settings, bool? InContainers = null, string? Fault = null);
