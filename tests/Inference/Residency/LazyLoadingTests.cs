using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Inference.Residency;
using Slipway.Inference.Slots;
using Slipway.Inference.Tests.Fixtures;
using Slipway.Inference.Tests.Models;
using Slipway.Inference.Tests.Replicas;
using Slipway.Registry;
using Slipway.Registry.Predictions;
using Slipway.Registry.Replicas;

namespace Slipway.Inference.Tests.Residency;

/// <summary>Servers with a limit of loaded models.</summary>
public sealed class LazyLoadingTests
{
    private const string Two = "MaxResidentModels=2";

    private static readonly TestModel Good = new(0.5f);

    [Test]
    public async Task IsReadyBeforeAnythingIsLoadedAndLoadsAModelAtItsFirstRequest()
    {
        await using var server = await WithModelsAsync(3, Two);
        var before = await HeartbeatTests.WaitAsync(server, beat => beat.Ready);
        using var ready = await server.Client.GetAsync(new Uri("/v2/models/m1/ready", UriKind.Relative));
        Assert.That(Resident(server), Is.Empty);

        using var answer = await InferAsync(server, "m1");
        var after = await HeartbeatTests.WaitAsync(server, beat => beat.Models[1].State == ServedModelState.Serving);

        Assert.Multiple(() =>
        {
            Assert.That((ready.StatusCode, answer.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.OK)));
            Assert.That(Resident(server), Is.EqualTo(new[] { "m1" }));
            Assert.That(before.Models.Select(model => (model.Version, model.State, model.Resident)), Is.All.EqualTo(((int?)1, ServedModelState.Available, (bool?)false)));
            Assert.That(before.Models.Select(model => model.OnnxSha256), Has.All.Length.EqualTo(64));
            Assert.That((after.Models[1].Version, after.Models[1].Resident), Is.EqualTo(((int?)1, (bool?)true)));
        });
    }

    [Test]
    public async Task WithoutALimitEverythingIsLoadedAtStartup()
    {
        await using var server = await WithModelsAsync(3);

        Assert.That(Resident(server), Has.Count.EqualTo(3));
    }

    [Test]
    public async Task FirstRequestsShareOneLoad()
    {
        await using var server = await WithModelsAsync(1, Two, "ColdStartTimeout=60");
        var archive = StoreKeys.TrainingJobs("m0");
        server.Store.Hang(archive);
        var requests = Enumerable.Range(0, 8).Select(_ => InferAsync(server, "m0")).ToList();
        await Wait.ForAsync(() => Cold(server).Waiting == 8, "all of them wait");

        server.Store.Heal();
        var answers = await Task.WhenAll(requests);

        Assert.That(answers.Select(answer => answer.StatusCode), Is.All.EqualTo(HttpStatusCode.OK));
        Assert.That(Loads(server).Completed, Is.EqualTo(1));
    }

    [Test]
    public async Task EvictsTheModelThatHasNotBeenUsedForLongest()
    {
        await using var server = await WithModelsAsync(3, Two);
        foreach (var model in new[] { "m0", "m1", "m0", "m2" })
        {
            using var answer = await InferAsync(server, model);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }

        Assert.That(Resident(server), Is.EqualTo(new[] { "m0", "m2" }));
        Assert.That(server.App.Services.GetRequiredService<ResidentModels>().Evictions, Is.EqualTo(1));
        using var again = await InferAsync(server, "m1");
        Assert.That(Resident(server), Is.EqualTo(new[] { "m1", "m2" }));
        Assert.That(server.Slot("m1").Swaps, Is.Zero, "a version that is loaded again is not a swap");
    }

    [Test]
    public async Task DoesNotEvictAModelThatIsInUse()
    {
        await using var server = await WithModelsAsync(2, "MaxResidentModels=1");
        await AnswersAsync(server, "m0", "1");
        Assert.That(server.Slot("m0").TryLease(out var used));

        using var refused = await InferAsync(server, "m1");
        var sentence = (string?)(await refused.JsonAsync())["error"];
        Assert.That((refused.StatusCode, refused.Header("Retry-After")), Is.EqualTo((HttpStatusCode.ServiceUnavailable, "1")));
        Assert.That(sentence, Does.StartWith("'m1' is waiting for memory: 1 model is loaded or being loaded, which is the limit (MaxResidentModels)"));
        Assert.That(Resident(server), Is.EqualTo(new[] { "m0" }));

        used.Dispose();
        await AnswersAsync(server, "m1", "1");
        Assert.That(Resident(server), Is.EqualTo(new[] { "m1" }));
    }

    [Test]
    public async Task FollowsTheChannelOfAModelThatIsNotLoaded()
    {
        await using var server = await WithModelsAsync(3, Two);
        foreach (var model in new[] { "m0", "m1", "m2" })
            using (await InferAsync(server, model))
                continue;

        await server.Shop.PublishAsync(Good with { Bias = 0.6f }, "m0");

        await server.ServingAsync(2, "m0");
        Assert.That(server.State("m0").Desired, Is.EqualTo(2));
        await AnswersAsync(server, "m0", "2");
    }

    [Test]
    public async Task TheServingVersionIsLoadedAgainWhileTheNextOneCannotBeFetched()
    {
        await using var server = await WithModelsAsync(2, "MaxResidentModels=1");
        await AnswersAsync(server, "m0", "1");
        var next = await server.Shop.RegisterAsync(Good with { Bias = 0.6f }, "m0");
        server.Store.Fail(next.Artifact.Key);
        await server.Shop.PointAsync(2, "m0");
        await Wait.ForAsync(() => server.State("m0").Postponed is not null, "the next version cannot be fetched");
        await AnswersAsync(server, "m1", "1");
        Assert.That(Resident(server), Is.EqualTo(new[] { "m1" }));

        await AnswersAsync(server, "m0", "1");

        server.Store.Heal();
        await server.ServingAsync(2, "m0");
    }

    [Test]
    public async Task ABadVersionNeverAnswersAndTheOneBeforeDoes()
    {
        await using var server = await WithModelsAsync(1, Two);
        await server.Shop.PublishAsync(Good with { WrongGolden = true }, "m0");
        await Wait.ForAsync(() => server.State("m0").Quarantined.Count == 1, "it was verified although nobody requested it");

        await AnswersAsync(server, "m0", "1");

        Assert.That(server.State("m0").Phase, Is.EqualTo(ServedModelState.Quarantined));
    }

    [Test]
    public async Task AVersionThatIsBadAtStartupIsFoundByTheFirstRequest()
    {
        await using var server = new RunningServer();
        await server.Shop.PublishAsync(Good);
        await server.Shop.PublishAsync(Good with { WrongGolden = true });
        await server.StartAsync(Two, "RetryAfter=00:10:00", "RetryAtMost=00:10:00");
        await server.ReadyAsync();
        Assert.That(server.State().Serving?.Version, Is.EqualTo(2));

        await AnswersAsync(server, ModelShop.Model, "1");

        Assert.That(server.State().Quarantined.Single().Version, Is.EqualTo(2));
    }

    [Test]
    public async Task AModelWithoutAGoodVersionGets503WithTheReason()
    {
        await using var server = new RunningServer();
        await server.Shop.PublishAsync(Good, fault: ArchiveFault.Truncated);
        await server.StartAsync(Two, "RetryAfter=00:10:00", "RetryAtMost=00:10:00");
        await server.ReadyAsync();

        using var first = await InferAsync(server, ModelShop.Model);
        using var second = await InferAsync(server, ModelShop.Model);

        Assert.That((first.StatusCode, second.StatusCode), Is.EqualTo((HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable)));
        Assert.That((string?)(await second.JsonAsync())["error"], Does.StartWith("Version 1 of 'pump' cannot be served: "));
    }

    [Test]
    public async Task AManifestWithoutASignatureIsFoundWithoutARequest()
    {
        await using var server = new RunningServer();
        await server.Shop.PublishAsync(Good);
        await server.Shop.PublishAsync(Good, "valve");
        await server.Inner.DeleteAsync((await server.Inner.ListAsync(StoreKeys.Signatures("valve")).ToListAsync()).Single().Key);
        await server.StartAsync(Two);

        await server.ReadyAsync();

        Assert.That(server.State("valve").Phase, Is.EqualTo(ServedModelState.Failed));
        Assert.That(server.State().Phase, Is.EqualTo(ServedModelState.Serving));
    }

    [Test]
    public async Task WaitsForASlowLoadUpToALimit()
    {
        await using var server = await WithModelsAsync(1, Two, "ColdStartTimeout=0.2");
        server.Store.Hang(StoreKeys.TrainingJobs("m0"));

        using var late = await InferAsync(server, "m0");
        Assert.That((late.StatusCode, late.Header("Retry-After")), Is.EqualTo((HttpStatusCode.ServiceUnavailable, "1")));
        Assert.That((string?)(await late.JsonAsync())["error"], Is.EqualTo("'m0' is being loaded, which takes longer than 0.2 s. Try again in a second."));

        server.Store.Heal();
        await AnswersAsync(server, "m0", "1");
    }

    [Test]
    public async Task DoesNotKeepRequestsWaitingForAStoreThatIsUnavailable()
    {
        await using var server = await WithModelsAsync(1, Two, "ColdStartTimeout=60");
        server.Store.Fail(StoreKeys.TrainingJobs("m0"));

        using var refused = await InferAsync(server, "m0");

        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That((string?)(await refused.JsonAsync())["error"], Does.StartWith("'m0' is waiting for the store: "));
        server.Store.Heal();
        await AnswersAsync(server, "m0", "1");
    }

    [Test]
    public async Task RequestsForAnotherVersionLoadNothing()
    {
        await using var server = await WithModelsAsync(1, Two);

        using var infer = await server.PostAsync("/v2/models/m0/versions/7/infer", Answers.Row);
        using var ready = await server.Client.GetAsync(new Uri("/v2/models/m0/versions/7/ready", UriKind.Relative));

        Assert.That((infer.StatusCode, ready.StatusCode), Is.EqualTo((HttpStatusCode.NotFound, HttpStatusCode.NotFound)));
        Assert.That(Resident(server), Is.Empty);
    }

    internal static async Task<RunningServer> WithModelsAsync(int count, params string[] options)
    {
        var server = new RunningServer();
        for (var model = 0; model < count; model++)
            await server.Shop.PublishAsync(Good, $"m{model}");
        await server.StartAsync(options);
        await server.ReadyAsync();
        return server;
    }

    internal static Task<HttpResponseMessage> InferAsync(RunningServer server, string model) => server.PostAsync($"/v2/models/{model}/infer", Answers.Row);

    internal static IReadOnlyList<string> Resident(RunningServer server) =>
        [.. server.App.Services.GetRequiredService<ModelCatalog>().Slots.Where(slot => slot.IsResident).Select(slot => slot.Model)];

    private static Task AnswersAsync(RunningServer server, string model, string version) => Wait.ForAsync(
        async () =>
        {
            using var answer = await InferAsync(server, model);
            return answer.StatusCode == HttpStatusCode.OK && answer.Header(SlipwayHeaders.ModelVersion) == version;
        },
        $"{model} answers with version {version}");

    private static ColdStarts Cold(RunningServer server) => server.App.Services.GetRequiredService<ColdStarts>();

    private static ModelLoads Loads(RunningServer server) => server.App.Services.GetRequiredService<ModelLoads>();
}
