using Slipway.Registry;

namespace Slipway.Build;

/// <summary>The environment on this machine: one folder with its store, its releases and its running services.</summary>
public sealed class LocalEnvironment
{
    private readonly FleetOptions _options;

    public LocalEnvironment(string root, FleetOptions options, TimeProvider time)
    {
        _options = options;
        Time = time;
        Folders = new(root);
        Store = new DirectoryObjectStore(Folders.Store, time);
        Fleet = new(Folders, Store, options, time);
        Traffic = new(Store, LocalFleet.GatewayName, time);
        Heartbeats = new(Store, time);
        Versions = new(Store);
        Channels = new(Store, time);
        History = new(Store);
    }

    public TimeProvider Time { get; }
    public LocalFolders Folders { get; }
    public IObjectStore Store { get; }
    public LocalFleet Fleet { get; }
    public DesiredTrafficStore Traffic { get; }
    public Heartbeats Heartbeats { get; }
    public ModelVersions Versions { get; }
    public ModelChannels Channels { get; }
    public ModelHistory History { get; }

    /// <summary>The running gateway.</summary>
    /// <exception cref="SlipwayException">It does not run.</exception>
    public ServiceRecord Gateway => Fleet.Running(LocalFleet.Gateway)
        ?? throw new SlipwayException("Nothing is running in the local environment. Start it with ./build.sh --target=Deploy");

    /// <summary>The servers that run, by color.</summary>
    public IReadOnlyList<ServiceRecord> Servers => [.. Colors.All.Select(color => Fleet.Running(color.Word())).OfType<ServiceRecord>()];

    /// <summary>Keeps other commands from changing this environment until it is disposed.</summary>
    public EnvironmentLock Lock(string target) => EnvironmentLock.Take(Folders, target, Time);

    /// <summary>A fleet without its store is a mishap: a new store would begin again at version 1, and old prediction ids would mean other models.</summary>
    /// <exception cref="SlipwayException">Services run, but the store is not there.</exception>
    public void RequireStore()
    {
        if (!Directory.Exists(Folders.Store) && Fleet.AllRunning().Any())
            throw new SlipwayException(
                $"Services run, but their store '{Folders.Store}' is gone. Put it back; or, to begin anew, run ./build.sh --target=Stop first.");
    }

    /// <summary>Waits until the running servers answer with a version.</summary>
    /// <exception cref="SlipwayException">One of them does not; the message holds its reason.</exception>
    public async Task WaitUntilServingAsync(string model, int version, IProgressReport report, CancellationToken cancellation)
    {
        var servers = Servers;
        if ((await Heartbeats.WaitUntilServingAsync(servers, model, version, TimeSpan.Zero, cancellation)).Count == 0)
            return;

        await report.StepAsync($"Wait until the servers answer with {model} version {version}", async _ =>
        {
            var behind = await Heartbeats.WaitUntilServingAsync(servers, model, version, _options.Settings.ReadyTimeout, cancellation);
            if (behind.Count > 0)
                throw new SlipwayException(
                    $"'{model}' version {version} is published, but {string.Join("; ", behind)}. What answered before still answers; see ./build.sh --target=Status.");
        });
    }
}
