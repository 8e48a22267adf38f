using System.Net;
using System.Text;
using System.Text.Json;
using Slipway.Build.Environments.Fleets;
using Slipway.Build.Environments.Fleets.Services;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Signing;
using Slipway.Registry.Storage;
using Slipway.Registry.Traffic;

namespace Slipway.Build.Tests.Environments.Fleets;

/// <summary>A changed gateway takes the place of the one that runs, also where two programs cannot listen on one port.</summary>
public sealed class GatewayReplacementTests
{
    private LocalFolderFixture _fixture = null!;

    [SetUp]
    public void SetUp() => _fixture = new();

    [TearDown]
    public void TearDown() => _fixture.Dispose();

    [Test]
    public async Task WherePortsCannotBeSharedTheOldOneEndsFirst()
    {
        using var host = new ExclusiveHost();
        var fleet = Fleet(host);
        var old = await fleet.StartGatewayAsync(LocalFleet.Gateway, Release("old"), default);
        var next = await fleet.StartGatewayAsync(LocalFleet.Gateway, Release("new"), default);

        Assert.That((next.Url, next.Release), Is.EqualTo((old.Url, "new")));
        Assert.That(host.Events, Is.EqualTo(new[] { "start old", "stop old", "start new" }));
        Assert.That(fleet.Running(LocalFleet.Gateway)?.Release, Is.EqualTo("new"));
        Assert.That(fleet.AllRunning().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task WhereTheNewOneDoesNotWorkTheOldOneComesBack([Values] bool starts)
    {
        using var host = new ExclusiveHost();
        var fleet = Fleet(host);
        var old = await fleet.StartGatewayAsync(LocalFleet.Gateway, Release("old"), default);
        host.Broken = (Release: "new", Starts: starts);

        Assert.That(() => fleet.StartGatewayAsync(LocalFleet.Gateway, Release("new"), default), Throws.TypeOf<SlipwayException>());
        Assert.That((fleet.Running(LocalFleet.Gateway)?.Release, fleet.Running(LocalFleet.Gateway)?.Url), Is.EqualTo(("old", old.Url)));
        Assert.That(fleet.AllRunning().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task TheControlShowsThatAHandoverFailsThere()
    {
        using var host = new ExclusiveHost { Shares = true };
        var fleet = Fleet(host);
        await fleet.StartGatewayAsync(LocalFleet.Gateway, Release("old"), default);
        Assert.That(() => fleet.StartGatewayAsync(LocalFleet.Gateway, Release("new"), default), Throws.TypeOf<SlipwayException>().With.Message.Contains("in use"));
    }

    [Test]
    public async Task OneThatWasKilledComesBackOnItsPort()
    {
        using var host = new ExclusiveHost();
        var fleet = Fleet(host);
        var killed = await fleet.StartGatewayAsync(LocalFleet.Gateway, Release("one"), default);
        host.Kill(killed);

        Assert.That((await fleet.StartGatewayAsync(LocalFleet.Gateway, Release("one"), default)).Url, Is.EqualTo(killed.Url));
    }

    [Test]
    public async Task AChangedSettingReplacesTheGatewaysOneAfterTheOther()
    {
        using var host = new ExclusiveHost();
        var before = Fleet(host, gateways: 2);
        await before.StartGatewaysAsync(Release("one"), default);
        var ports = Urls(before);
        var changed = Fleet(host, gateways: 2, notifications: "https://127.0.0.1/hook");
        Assert.That((before.AreGatewaysCurrent(Release("one")), before.HaveSettingsChanged(Release("one"))), Is.EqualTo((true, false)));
        Assert.That((changed.AreGatewaysCurrent(Release("one")), changed.HaveSettingsChanged(Release("one"))), Is.EqualTo((false, true)));

        host.Events.Clear();
        await changed.StartGatewaysAsync(Release("one"), default);

        Assert.That(host.Events, Is.EqualTo(new[] { "stop one", "start one", "stop one", "start one" }), "the other one serves meanwhile");
        Assert.That((changed.AreGatewaysCurrent(Release("one")), Urls(changed)), Is.EqualTo((true, ports)));
        Assert.That(File.ReadAllText(new ServiceRecords(_fixture.Folders).PathOf("gateway")), Does.Not.Contain("hook"), "settings may be secret");
    }

    [Test]
    public void SettingsAreThoseOfTheGatewayAndNotOfTheTargets()
    {
        var own = new Dictionary<string, string> { ["SLIPWAY_Store"] = "a" };
        string Of(params (string Name, string Value)[] inherited) => GatewaySettings.HashOf(own, inherited.ToDictionary(one => one.Name, one => one.Value));

        Assert.That(Of(("SLIPWAY_HOME", "b"), ("SLIPWAY_API_KEY", "c"), ("SLIPWAY_RegistryPassword", "d"), ("PATH", "e"), ("SLIPWAY_Store", "f")), Is.EqualTo(Of()));
        Assert.That(Of(("SLIPWAY_RateLimit", "5")), Is.Not.EqualTo(Of()));
        Assert.That(Of(("SLIPWAY_RateLimit", "5")), Is.Not.EqualTo(Of(("SLIPWAY_RateLimit", "6"))));
    }

    private static List<string?> Urls(LocalFleet fleet) => [.. fleet.OtherGateways.Prepend(fleet.Running(LocalFleet.Gateway)!).Select(gateway => gateway.Url)];

    private static FolderRelease Release(string hash) => new(hash, "");

    private LocalFleet Fleet(IServiceHost host, int gateways = 1, string? notifications = null) => new(
        _fixture.Folders, new DirectoryObjectStore(_fixture.Folders.Store, TimeProvider.System),
        new(Port: 0, "model", new(0, 0, TimeSpan.FromSeconds(5), SignatureMode.Enforce, Gateways: gateways, Notifications: notifications)), host, TimeProvider.System);

    /// <summary>Gateways that hold their ports alone, as everywhere but on Linux.</summary>
    private sealed class ExclusiveHost : IServiceHost, IDisposable
    {
        private readonly Dictionary<int, (string Release, HttpListener Listener)> _running = [];
        private int _last;

        public List<string> Events { get; } = [];

        public bool Shares { get; init; }

        public (string Release, bool Starts) Broken { get; set; }

        public ServiceRecord Start(ServiceStart service)
        {
            var release = service.Release.Hash;
            Events.Add($"start {release}");
            if (Broken == (release, false))
                throw new SlipwayException("It did not start.");
            var listener = new HttpListener();
            listener.Prefixes.Add($"{service.Settings["SLIPWAY_Url"]}/");
            listener.Prefixes.Add($"{service.Settings["SLIPWAY_PrivateUrl"]}/");
            try
            {
                listener.Start();
            }
            catch (HttpListenerException)
            {
                throw new SlipwayException("The port is in use.");
            }
            _running[++_last] = (release, listener);
            if (Broken == (release, true))
                listener.Close();
            else
                _ = AnswerAsync(listener);
            return new(service.Name, _last, default, release, "log");
        }

        public bool IsRunning(ServiceRecord service) => _running.ContainsKey(service.ProcessId) && Broken != (service.Release, true);

        public bool SharesPorts(ServiceRecord running, Release next) => Shares;

        public Task StopAsync(ServiceRecord service, TimeSpan timeout, CancellationToken cancellation)
        {
            if (_running.Remove(service.ProcessId, out var one))
            {
                Events.Add($"stop {one.Release}");
                one.Listener.Close();
            }
            return Task.CompletedTask;
        }

        public void Kill(ServiceRecord service)
        {
            if (_running.Remove(service.ProcessId, out var one))
                one.Listener.Close();
        }

        public Release? ReleaseOf(ServiceRecord service) => Release(service.Release);

        public string Printed(ServiceRecord service) => "";

        public void Dispose()
        {
            foreach (var (_, listener) in _running.Values)
                listener.Close();
        }

        private static async Task AnswerAsync(HttpListener listener)
        {
            var status = new TrafficStatus(
                "main", "r", new(0, TrafficPhase.Idle, TrafficSplit.All(Color.Blue), Color.Blue, "", new(null, 0), default), null, [], default);
            try
            {
                while (true)
                {
                    var context = await listener.GetContextAsync();
                    context.Response.ContentType = "application/json";
                    context.Response.Close(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(status, RegistryJson.Default.TrafficStatus)), willBlock: false);
                }
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                // stopped
            }
        }
    }
}
