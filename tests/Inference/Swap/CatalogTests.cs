using Microsoft.Extensions.DependencyInjection;
using Slipway.Inference.Hosting;
using Slipway.Inference.Slots;
using Slipway.Inference.Tests.Fixtures;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Storage;

namespace Slipway.Inference.Tests.Swap;

public sealed class CatalogTests
{
    private static readonly string Catalog = StoreKeys.Catalog(Color.Blue);

    [Test]
    public async Task PollIsOneQuestionHoweverManyModelsThereAre()
    {
        await using var server = await WithThreeModelsAsync();
        var (pointers, listings, looks) = (Pointers(server), server.Store.ReadsOf(StoreKeys.Models), server.Store.ReadsOf(Catalog));

        await LooksAsync(server, 20);

        Assert.That(Pointers(server), Is.EqualTo(pointers), "channels that have not moved according to the catalog are not read");
        Assert.That((listings, server.Store.ReadsOf(StoreKeys.Models)), Is.EqualTo((0, 0)), "nor was anything listed, from the start on");
        Assert.That(server.Store.ReadsOf(Catalog), Is.GreaterThanOrEqualTo(looks + 20));
    }

    [Test]
    public async Task NothingIsListedWhileTheFirstCatalogIsTakenIn()
    {
        await using var server = new RunningServer { Replace = services => services.AddSingleton(provider => new ModelCatalog(provider.GetRequiredService<Signal>(), new LateTime(() => Listings(provider)))) };
        await server.Shop.PublishAsync(new(0.5f));
        await server.StartAsync("DiscoveryInterval=00:10:00");
        await server.ReadyAsync();

        Assert.That(server.Store.ReadsOf(StoreKeys.Models), Is.Zero);

        static int Listings(IServiceProvider provider) => ((FaultyStore)provider.GetRequiredService<IObjectStore>()).ReadsOf(StoreKeys.Models);
    }

    [Test]
    public async Task WithoutACatalogEveryChannelIsAskedFor()
    {
        await using var server = await WithThreeModelsAsync();
        var pointers = Pointers(server);
        await server.Inner.DeleteAsync(Catalog);

        await LooksAsync(server, 20);

        Assert.That(Pointers(server), Is.GreaterThan(pointers + 30), "or the test above shows nothing");
    }

    [Test]
    public async Task MoveIsFollowedThroughTheCatalog()
    {
        await using var server = await WithThreeModelsAsync();
        await server.Shop.PublishAsync(new(0.6f));

        await server.ServingAsync(2);
        await server.Shop.PublishAsync(new(0.7f), "pump-new");
        await server.ServingAsync(1, "pump-new");
        Assert.That(server.Store.ReadsOf(StoreKeys.Models), Is.Zero, "a model that is new is found there too");
    }

    [TestCase(null, TestName = "StoreOfAReleaseWithoutCatalogsIsServed")]
    [TestCase("{ \"models\": [", TestName = "DamagedCatalogIsPassedOver")]
    [TestCase("{ \"models\": {} }", TestName = "EmptyCatalogIsLookedBehind")]
    public async Task ServesWithoutACatalog(string? content)
    {
        await using var server = new RunningServer();
        await server.Shop.PublishAsync(new(0.5f));
        var second = await server.Shop.RegisterAsync(new(0.6f));
        await server.Inner.DeleteAsync(Catalog);
        if (content is not null)
            await server.Inner.PutAsync(Catalog, new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content)), PutCondition.None);
        await server.StartAsync("DiscoveryInterval=00:10:00");
        await server.ReadyAsync();
        Assert.That(server.State().Serving?.Version, Is.EqualTo(1));

        await server.Shop.PointBlindlyAsync(second.Version);

        await server.ServingAsync(2);
    }

    [Test]
    public async Task CatalogThatIsBehindIsNoticed()
    {
        await using var server = await RunningServer.WithModelAsync(new(0.5f));
        var second = await server.Shop.RegisterAsync(new(0.6f));

        await server.Shop.PointBlindlyAsync(second.Version);

        await server.ServingAsync(2);
        await server.Shop.PointBlindlyAsync(1);
        await server.ServingAsync(1);
    }

    [Test]
    public async Task ModelThatTheCatalogDoesNotNameIsFound()
    {
        await using var server = await RunningServer.WithModelAsync(new(0.5f));
        var other = await server.Shop.RegisterAsync(new(0.6f), "valve");

        await server.Shop.PointBlindlyAsync(other.Version, "valve");

        await server.ServingAsync(1, "valve");
    }

    [Test]
    public async Task NextMoveMendsACatalogThatIsMissing()
    {
        await using var server = await WithThreeModelsAsync();
        await server.Inner.DeleteAsync(Catalog);
        await server.Shop.PublishAsync(new(0.6f), "pump-2");

        var catalog = await server.Inner.ReadAsync(Catalog, RegistryJson.Default.ChannelCatalog);

        Assert.That(catalog!.Value.Models.Select(model => $"{model.Key} {model.Value.Version}"), Is.EqualTo(new[] { "pump 1", "pump-1 1", "pump-2 2" }));
    }

    private static async Task<RunningServer> WithThreeModelsAsync()
    {
        var server = new RunningServer();
        foreach (var model in new[] { ModelShop.Model, "pump-1", "pump-2" })
            await server.Shop.PublishAsync(new(0.5f), model);
        await server.StartAsync("DiscoveryInterval=00:10:00");
        await server.ReadyAsync();
        return server;
    }

    private static int Pointers(RunningServer server) =>
        new[] { ModelShop.Model, "pump-1", "pump-2" }.Sum(model => server.Store.ReadsOf(StoreKeys.Channel(model, Color.Blue)));

    private static Task LooksAsync(RunningServer server, int times)
    {
        var before = server.Store.ReadsOf(Catalog);
        return Wait.ForAsync(() => server.Store.ReadsOf(Catalog) >= before + times, $"the catalog was looked at {times} times");
    }

    /// <summary>Holds the first model up that is added, as a busy machine does, until the store was listed or that has had its chance.</summary>
    private sealed class LateTime(Func<int> listings) : TimeProvider
    {
        private static readonly TimeSpan Chance = TimeSpan.FromMilliseconds(200);

        private int _asked;

        public override long GetTimestamp()
        {
            if (Interlocked.Increment(ref _asked) == 1)
                SpinWait.SpinUntil(() => listings() > 0, Chance);
            return base.GetTimestamp();
        }
    }
}
