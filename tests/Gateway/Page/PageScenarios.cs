using System.Net;
using Slipway.Gateway.Page.Assets;
using Slipway.Gateway.Tests.Probes;
using Slipway.Gateway.Tests.Rollouts;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Replicas;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Storage;
using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Tests.Page;

/// <summary>What the pages say, as a browser without scripts gets them.</summary>
public class PageScenarios
{
    /// <summary>What is sent for styles and scripts, packed as browsers get it.</summary>
    private const int Budget = 60_000;

    [Test]
    public async Task SaysInOneSentenceThatAllIsWell()
    {
        await using var page = await PageFixture.StartAsync();
        await page.PointAsync("pumps", 1);
        await page.ServeAsync(Color.Blue, PageFixture.Serving("pumps"));
        await page.Gateway.PredictAsync(path: "/v2/models/pumps/infer");
        await page.Gateway.SettleAsync();
        Assert.That(await page.ReadAsync("/"), Does.Contain("All is well: 1 model on blue. None of 1 requests failed.").And.Contain("href=\"/models/pumps\"").And.Contain("<bdi>ada</bdi>"));
    }

    [Test]
    public async Task CountsTheRequestsOfEachModelAndOfNoOther()
    {
        await using var page = await PageFixture.StartAsync();
        await page.ServeAsync(Color.Blue, PageFixture.Serving("pumps"), PageFixture.Serving("fans"));
        for (var sent = 0; sent < 3; sent++)
            await page.Gateway.PredictAsync(path: "/v2/models/pumps/infer");
        await page.Gateway.PredictAsync(path: "/v2/models/made-up/infer");
        await page.Gateway.SettleAsync();
        var text = await page.ReadAsync("/?sort=requests&order=down");
        Assert.That(text, Does.Not.Contain("made-up"));
        Assert.That(text.IndexOf("/models/pumps", StringComparison.Ordinal), Is.LessThan(text.IndexOf("/models/fans", StringComparison.Ordinal)));
        Assert.That(text, Does.Contain("aria-sort=\"descending\""));
    }

    [Test]
    public async Task AStoreThatIsAwayCostsThePageItsPartAndNothingElse()
    {
        await using var page = await PageFixture.StartAsync();
        await page.ServeAsync(Color.Blue, PageFixture.Serving("pumps"));
        page.Gateway.Store.IsAway = true;
        Assert.That(await page.ReadAsync("/"), Does.Contain("The store does not respond. Requests are answered").And.Contain("/models/pumps"));
        Assert.That(await page.ReadAsync("/models/pumps"), Does.Contain("Version 1 answers on blue").And.Contain("the store is away"));
        Assert.That(await page.ReadAsync("/rollout"), Does.Contain("No rollout has run yet"));
        Assert.That(await page.ReadAsync("/playground/pumps"), Does.Contain("The form cannot be made"));
    }

    [TestCase("/models/gone", HttpStatusCode.NotFound, "It may have gone away")]
    [TestCase("/models/No%20Name", HttpStatusCode.NotFound, "There is no such model")]
    [TestCase("/models/../../etc", HttpStatusCode.NotFound, "")]
    [TestCase("/playground/gone", HttpStatusCode.NotFound, "It may have gone away")]
    [TestCase("/rollout?id=r99", HttpStatusCode.NotFound, "There is no such rollout")]
    [TestCase("/rollout?id=../../x", HttpStatusCode.OK, "No rollout has run yet")]
    [TestCase("/prediction?id=no-id", HttpStatusCode.BadRequest, "This is not a prediction id")]
    [TestCase("/prediction", HttpStatusCode.OK, "Which prediction?")]
    [TestCase("/tap", HttpStatusCode.OK, "has passed since then")]
    public async Task SaysWhatIsNotThere(string path, HttpStatusCode status, string sentence)
    {
        await using var page = await PageFixture.StartAsync();
        Assert.That(await page.ReadAsync(path, status), Does.Contain(sentence));
    }

    [Test]
    public async Task ShowsARolloutWithItsStepsAndChecks()
    {
        await using var page = await PageFixture.StartAsync();
        await page.ServeAsync(Color.Blue, PageFixture.Serving("pumps"));
        var plan = Plans.Plan("r7");
        var counts = new RolloutCounts([new(10, new(Answered: 80, Errors: 20), new(Answered: 900))]);
        var verdict = VerdictPolicy.Judge(Plans.Running(10, plan).Rollout!, counts, ProbeCounts.None, ShadowCounts.None);
        var record = new RolloutRecord("main", plan, Color.Green,
        [
            new(TrafficPhase.Progressing, 0, 10, "r7 begins", null, [], ShadowCounts.None, 1000, default),
            new(TrafficPhase.RolledBack, 0, 0, "r7 is rolled back", verdict, [new("<b>id</b>", RolloutCheck.Errors, "status 500", 10, "green-1", default)], ShadowCounts.None, 1000, default),
        ]);
        await page.Gateway.Store.WriteAsync(StoreKeys.Rollout("main", "r7"), record, RegistryJson.Default.RolloutRecord, PutCondition.None);
        var text = await page.ReadAsync("/rollout?id=r7");
        Assert.That(text, Does.Contain("r7 was rolled back: blue has all requests").And.Contain("The candidate fails").And.Contain("ended here").And.Contain("20 (20 %)"));
        Assert.That(text, Does.Contain("&lt;b&gt;id&lt;/b&gt;").And.Not.Contain("<b>id"));
        Assert.That(text, Does.Contain("Evidence that it is worse than stable: E"));
    }

    [Test]
    public async Task TwoHundredModelsAreALineEach()
    {
        await using var page = await PageFixture.StartAsync();
        await page.ServeAsync(Color.Blue, [.. Enumerable.Range(1, 200).Select(number => PageFixture.Serving($"model-{number:000}"))]);
        var text = await page.ReadAsync("/");
        Assert.That(text.Split("href=\"/models/model-"), Has.Length.EqualTo(201));
        Assert.That(text, Has.Length.LessThan(400_000));
    }

    [Test]
    public async Task NamesOfAnyKindAreShownAndInterpretedAsNothing()
    {
        const string hostile = "\"><script>alert(1)</script>\u202e'&\u0001";
        await using var page = await PageFixture.StartAsync();
        await page.PointAsync("pumps", 1, by: hostile + new string('x', 500), reason: hostile);
        await GoldenVersions.RegisterAsync(page.Gateway.Store, 1);
        await page.ServeAsync(Color.Blue, new ServedModel(
            "pumps", null, null, 1, ServedModelState.Failed, null, [new(1, "sha", hostile, 1)]));
        foreach (var path in new[] { "/", "/models/pumps", "/playground/pumps" })
        {
            var text = await page.ReadAsync(path);
            Assert.That(text, Does.Not.Contain("<script>").And.Not.Contain("\u0001"), path);
        }
        Assert.That(await page.ReadAsync("/"), Does.Contain("&lt;script&gt;alert(1)"));
    }

    [Test]
    public void StylesAndScriptsStayWithinTheirBudget()
    {
        Assert.That(PageAssets.All.Sum(asset => asset.Packed.Length), Is.LessThan(Budget));
        TestContext.Out.WriteLine(string.Join(", ", PageAssets.All.Select(asset => $"{asset.Path} {asset.Bytes.Length} bytes, {asset.Packed.Length} packed")));
    }

    [Test]
    public async Task StylesAndScriptsAreServedOnceAndForAll()
    {
        await using var page = await PageFixture.StartAsync();
        foreach (var asset in PageAssets.All)
        {
            using var answer = await page.SendAsync(asset.Path);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(answer.Headers.CacheControl!.ToString(), Does.Contain("max-age=31536000"));
            Assert.That(await answer.Content.ReadAsByteArrayAsync(), Is.EqualTo(asset.Bytes));
        }
    }
}
