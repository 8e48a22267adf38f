using System.Globalization;
using Slipway.Build.Environments.Fleets.Services;
using Slipway.Registry;
using Slipway.Registry.Predictions;

namespace Slipway.Build.Environments.Fleets;

public sealed partial class LocalFleet
{
    /// <summary>Fails early, before anything is started, if the requested port is taken.</summary>
    /// <exception cref="SlipwayException">Another program uses it.</exception>
    public void RequirePort()
    {
        if (options.Port is { } port && !(Running(Gateway) is { } running && KeepsUrl(running)))
            Ports.Required(port);
    }

    /// <summary>Whether the gateways run this release with the settings of this command, the first of them on the requested port.</summary>
    public bool AreGatewaysCurrent(Release release) =>
        Enumerable.Range(1, options.Settings.Gateways).All(number => IsCurrent(NameOf(number), release)) && GatewayNames().Count() == options.Settings.Gateways;

    /// <summary>Whether a gateway runs this release, but was started with other settings.</summary>
    public bool HaveSettingsChanged(Release release) =>
        GatewayNames().Select(Running).Any(running => running?.Release == release.Hash && running.Settings != GatewaySettingsNow());

    private bool IsCurrent(string name, Release release) =>
        Running(name) is { } running && running.Release == release.Hash && running.Settings == GatewaySettingsNow() && (name != Gateway || KeepsUrl(running));

    /// <summary>The running gateways beside the first.</summary>
    public IReadOnlyList<ServiceRecord> OtherGateways => [.. GatewayNames().Skip(1).Select(Running).OfType<ServiceRecord>()];

    /// <summary>Every gateway that was started, the first one first.</summary>
    private IEnumerable<string> GatewayNames() => _records.All().Select(record => record.Name)
        .Where(name => name == Gateway || (name.StartsWith($"{Gateway}-", StringComparison.Ordinal) && name != OldGateway)).Prepend(Gateway).Distinct();

    private static string NameOf(int number) => number == 1 ? Gateway : string.Create(CultureInfo.InvariantCulture, $"{Gateway}-{number}");

    /// <summary>Starts the gateways, or replaces the running ones, one after the other.</summary>
    public async Task StartGatewaysAsync(Release release, CancellationToken cancellation)
    {
        foreach (var number in Enumerable.Range(1, options.Settings.Gateways))
            if (!IsCurrent(NameOf(number), release))
                await StartGatewayAsync(NameOf(number), release, cancellation);
        foreach (var surplus in GatewayNames().Skip(options.Settings.Gateways).ToList())
            await StopAsync(surplus, cancellation);
    }

    /// <summary>
    /// Starts the gateway, or replaces the running one: the new one takes over the port before the old one closes it. If two processes cannot
    /// share a port, the old one is stopped first, and restarted if the new one does not work.
    /// </summary>
    public async Task<ServiceRecord> StartGatewayAsync(string name, Release release, CancellationToken cancellation)
    {
        await EndReplacedGatewayAsync(cancellation);
        var old = Running(name);
        var last = old ?? _records.Find(name);
        var takesOver = old is not null && services.SharesPorts(old, release);
        var url = old is not null && (name != Gateway || KeepsUrl(old)) ? old.Url!
            // 0 is any free port, of which callers know the last one
            : Local(name == Gateway && options.Port is > 0 and var port ? Ports.Required(port)
                : Ports.Preferred(PortOf(last?.Url), name == Gateway && options.Port is null ? options.Settings.PublicPort : 0));
        if (old is not null && !takesOver)
            await StopAsync(name, cancellation);
        // The operators' listener is not handed over: while two gateways run, each has its own.
        var privateUrl = Local(Ports.Preferred(takesOver ? null : PortOf(last?.PrivateUrl), name == Gateway ? options.Settings.PrivatePort : 0));

        if (takesOver)
            _records.Save(old! with { Name = OldGateway });
        ServiceRecord? record = null;
        try
        {
            record = StartGateway(name, release, url, privateUrl);
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
            else if (record is not null && name != Gateway)
                _records.Remove(name);
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
            new Dictionary<string, string>(GatewayVariables())
            {
                ["SLIPWAY_Release"] = release.Hash,
                ["SLIPWAY_Url"] = url,
                ["SLIPWAY_PrivateUrl"] = privateUrl,
            },
            Writes: [folders.Store], Reads: [])) with
        { Url = url, PrivateUrl = privateUrl, Settings = GatewaySettingsNow() };
        _records.Save(record);
        return record;
    }

    private Dictionary<string, string> GatewayVariables() => new(
        GatewayNotifications.Variables(options.Settings.Notifications, Environment.GetEnvironmentVariable).Concat(TelemetryVariables.Of(Environment.GetEnvironmentVariables())))
    {
        ["SLIPWAY_Store"] = folders.Store,
        ["SLIPWAY_Gateway"] = GatewayName,
        ["SLIPWAY_TakeOver"] = "true",
        ["SLIPWAY_PageToken"] = PageToken(),
        // callers on this machine may select a color, and send golden rows that do not count as predictions
        ["SLIPWAY_AllowForcedColor"] = "true",
    };

    /// <summary>The address of the operator's page of a gateway, with the token that opens it.</summary>
    public string PageOf(ServiceRecord gateway) => $"{gateway.PrivateUrl}/?token={PageToken()}";

    // a file that only its owner may read, as the key of prediction ids is
    private string PageToken() => Convert.ToHexStringLower(PredictionKey.ReadOrCreate(folders.PageToken));

    private string GatewaySettingsNow() => GatewaySettings.HashOf(GatewayVariables(), InContainers ? new Dictionary<string, string>() : Environment.GetEnvironmentVariables());

    private void Restore(ServiceRecord old)
    {
        _records.Save(old with { Stopped = true });
        if (services.ReleaseOf(old) is { } before)
            StartGateway(old.Name, before, old.Url!, old.PrivateUrl!);
    }

    // Left behind by a command that died during a replacement; both records may even be the same process.
    private async Task EndReplacedGatewayAsync(CancellationToken cancellation)
    {
        if (_records.Find(OldGateway) is { } old && GatewayNames().Select(_records.Find).Any(now => (now?.ProcessId, now?.Container) == (old.ProcessId, old.Container)))
            _records.Remove(OldGateway);
        else
            await StopAsync(OldGateway, cancellation);
    }

    private bool KeepsUrl(ServiceRecord running) => options.Port is null or 0 || options.Port == PortOf(running.Url);

    private static string Local(int port) => $"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}";

    private static int? PortOf(string? url) => url is null ? null : new Uri(url).Port;
}
