using System.Net;
using Slipway.Inference.Tests.Fixtures;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Predictions;
using Slipway.Registry.Replicas;
using Slipway.Registry.Storage;

namespace Slipway.Inference.Tests.Swap;

public sealed class StoreFaultTests
{
    private static readonly string[] Impatient = ["StoreTimeout=00:00:00.1", "LoadTimeout=00:00:00.5"];

    [Test]
    public async Task KeepsServingWhileTheStoreFailsAndFollowsWhenItIsBack()
    {
        await using var server = await RunningServer.WithModelAsync(new(0.5f));
        server.Store.Fail();
        await server.Shop.PublishAsync(new(0.6f));
        await Wait.ForAsync(() => server.State().Postponed is { Attempts: >= 3 }, "the failing store was called three times");
        using (var meanwhile = await server.InferAsync(Answers.Row))
            Assert.That(meanwhile.Header(SlipwayHeaders.ModelVersion), Is.EqualTo("1"));
        using (var ready = await server.Client.GetAsync(new Uri("/v2/health/ready", UriKind.Relative)))
            Assert.That(ready.StatusCode, Is.EqualTo(HttpStatusCode.OK));

        server.Store.Heal();

        await server.ServingAsync(2);
        Assert.That(server.Store.Failures, Is.GreaterThan(3));
        Assert.That(server.State().Quarantined, Is.Empty, "the store's failures are not the version's");
    }

    [Test]
    public async Task KeepsServingWhileTheStoreHangsAndFollowsWhenItIsBack()
    {
        await using var server = await RunningServer.WithModelAsync(new(0.5f), Impatient);
        server.Store.Hang();
        await server.Shop.PublishAsync(new(0.6f));
        await Wait.ForAsync(() => server.State().Postponed?.Reason.Contains("did not respond", StringComparison.Ordinal) is true, "the hanging store was given up");
        using (var meanwhile = await server.InferAsync(Answers.Row))
            Assert.That(meanwhile.Header(SlipwayHeaders.ModelVersion), Is.EqualTo("1"));

        server.Store.Heal();

        await server.ServingAsync(2);
    }

    [Test]
    public async Task LetsGoOfWhatArrivesAfterItWasGivenUp()
    {
        await using var server = await RunningServer.WithModelAsync(new(0.5f), [.. Impatient, "RetryAfter=00:10:00"]);
        server.Store.Hang("training-jobs/");
        await server.Shop.PublishAsync(new(0.6f));
        await Wait.ForAsync(() => server.State().Postponed?.Reason.Contains("did not respond", StringComparison.Ordinal) is true, "the hanging store was given up");
        Assert.That(server.State().Quarantined, Is.Empty);

        server.Store.Heal();

        await server.ServingAsync(2);
        await Wait.ForAsync(() => !Directory.Exists(server.CacheFolder) || Directory.GetFileSystemEntries(server.CacheFolder, "*", SearchOption.AllDirectories) is [] or [_], "no unpacked archive is left");
    }

    [Test]
    public async Task TriesAnArchiveAgainThatTheStoreFailedToDeliver()
    {
        await using var server = await RunningServer.WithModelAsync(new(0.5f));
        server.Store.Fail("training-jobs/");
        await server.Shop.PublishAsync(new(0.6f));
        await Wait.ForAsync(() => server.State().Postponed is { Attempts: >= 2 }, "the archive was requested twice");
        Assert.That(server.State().Phase, Is.EqualTo(ServedModelState.Swapping));

        server.Store.Heal();

        await server.ServingAsync(2);
    }

    [Test]
    public async Task KeepsServingWhenTheStoresFolderVanishes()
    {
        await using var server = await RunningServer.WithModelAsync(new(0.5f));
        var before = server.Store.Reads;

        Directory.Move(server.StoreFolder, server.StoreFolder + ".gone");
        await Wait.ForAsync(() => server.Store.Reads > before + 20, "the server has looked several times");

        using var answer = await server.InferAsync(Answers.Row);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(server.State().Phase, Is.EqualTo(ServedModelState.Serving));
    }

    [Test]
    public async Task KeepsServingWhenTheChannelIsDamagedAndFollowsWhenItIsRepaired()
    {
        await using var server = await RunningServer.WithModelAsync(new(0.5f));
        var second = await server.Shop.RegisterAsync(new(0.6f));
        using (var garbage = new MemoryStream("{\"version\":"u8.ToArray()))
            await server.Inner.PutAsync(StoreKeys.Channel(ModelShop.Model, Color.Blue), garbage, PutCondition.None);
        await Wait.ForAsync(() => server.State().Postponed is { Attempts: >= 2 }, "the damaged channel was read twice");
        using (var meanwhile = await server.InferAsync(Answers.Row))
            Assert.That(meanwhile.StatusCode, Is.EqualTo(HttpStatusCode.OK));

        await server.Shop.PointBlindlyAsync(second.Version);

        await server.ServingAsync(2);
    }

    [Test]
    public async Task IsAliveAndNotReadyUntilTheStoreHasBeenRead()
    {
        await using var server = new RunningServer();
        await server.Shop.PublishAsync(new(0.5f));
        server.Store.Fail();
        await server.StartAsync();
        await Wait.ForAsync(() => server.Store.Failures > 2, "the failing store was called");
        using (var ready = await server.Client.GetAsync(new Uri("/v2/health/ready", UriKind.Relative)))
        using (var live = await server.Client.GetAsync(new Uri("/v2/health/live", UriKind.Relative)))
        {
            Assert.That(live.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(ready.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
            Assert.That((string?)(await ready.JsonAsync())["reasons"]![0], Does.Contain("has not been read yet"));
        }

        server.Store.Heal();

        await server.ReadyAsync();
    }
}
