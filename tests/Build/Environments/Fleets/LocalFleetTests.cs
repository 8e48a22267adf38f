using Slipway.Build.Environments.Fleets;
using Slipway.Build.Environments.Fleets.Services;
using Slipway.Registry;
using Slipway.Registry.Storage;

namespace Slipway.Build.Tests.Environments.Fleets;

public sealed class LocalFleetTests
{
    [TestCase(false), TestCase(true)]
    public async Task EndsEveryServiceBeforeItWritesOfAny(bool fullDisk)
    {
        using var fixture = new LocalFolderFixture();
        var records = new ServiceRecords(fixture.Folders);
        foreach (var name in new[] { "gateway", "blue", "green" })
            records.Save(new(name, 1, DateTimeOffset.UnixEpoch, "hash", "log", Url: "http://127.0.0.1:1"));
        // in the way of the gateway's record
        if (fullDisk)
            Directory.CreateDirectory(records.PathOf("gateway") + ".new");
        var services = new Services();
        var fleet = new LocalFleet(
            fixture.Folders, new DirectoryObjectStore(fixture.Folders.Store), new(0, "m", new(0, 0, TimeSpan.FromSeconds(1))), services, TimeProvider.System);

        Exception? failure = null;
        try
        {
            await fleet.StopAllAsync(CancellationToken.None);
        }
        catch (SlipwayException e)
        {
            failure = e;
        }

        Assert.That(services.Ended, Is.EquivalentTo(new[] { "gateway", "blue", "green" }));
        Assert.That(records.Find("blue"), Is.Null);
        Assert.That(failure?.Message, fullDisk ? Does.Contain("The record of gateway").And.Contain("Everything has stopped") : Is.Null);
    }

    private sealed class Services : IServiceHost
    {
        public List<string> Ended { get; } = [];

        public ServiceRecord Start(ServiceStart service) => throw new NotSupportedException();

        public bool IsRunning(ServiceRecord service) => !Ended.Contains(service.Name);

        public Task StopAsync(ServiceRecord service, TimeSpan timeout, CancellationToken cancellation)
        {
            Ended.Add(service.Name);
            return Task.CompletedTask;
        }

        public bool SharesPorts(ServiceRecord running, Release next) => true;

        public Release? ReleaseOf(ServiceRecord service) => null;

        public string Printed(ServiceRecord service) => "";
    }
}
