using System.Net;
using System.Text.Json;
using Slipway.Gateway.Page.Assets;
using Slipway.Gateway.Page.Predictions;
using Slipway.Gateway.Tests.Probes;
using Slipway.Gateway.Tests.Rollouts;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Models;
using Slipway.Registry.Monitoring.Domains;
using Slipway.Registry.Monitoring.Drift;
using Slipway.Registry.Monitoring.Quality;
using Slipway.Registry.Predictions;
using Slipway.Registry.Replicas;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Storage;
using Slipway.Registry.Traffic;
using Slipway.Reporting.Html;

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

    /// <summary>What callers and datasets bring: categories, classes, and names of files.</summary>
    [Test]
    public async Task CategoriesOfAnyKindAreShownAndInterpretedAsNothing()
    {
        var hostile = "\"><script>alert(1)</script>\u202e'&" + new string('x', 500);
        await using var page = await PageFixture.StartAsync();
        await page.PointAsync("pumps", 1);
        await GoldenVersions.RegisterAsync(page.Gateway.Store, 1, schema: GoldenVersions.Schema with
        {
            Columns = [new(hostile, ColumnKind.Categorical, [hostile, "\u0001", ""], null, null, null)],
            Classes = [hostile, "yes"],
        });
        await page.ServeAsync(Color.Blue, PageFixture.Serving("pumps"));
        foreach (var path in new[] { "/models/pumps", "/playground/pumps", $"/playground/pumps?c0={Uri.EscapeDataString(hostile)}", $"/prediction?id={Uri.EscapeDataString(hostile)}" })
        {
            var text = await page.ReadAsync(path, path.StartsWith("/prediction", StringComparison.Ordinal) ? HttpStatusCode.BadRequest : HttpStatusCode.OK);
            Assert.That(text, Does.Not.Contain("<script>").And.Not.Contain("\u0001"), path);
            Assert.That(text, Does.Not.Contain("'&x"), path);
        }
        Assert.That(await page.ReadAsync("/playground/pumps"), Does.Contain("&lt;script&gt;alert(1)"));
    }

    [Test]
    public async Task ComparedVersionsSayWhyACellIsEmpty()
    {
        await using var page = await PageFixture.StartAsync();
        await page.PointAsync("pumps", 2);
        await GoldenVersions.RegisterAsync(page.Gateway.Store, 1);
        await GoldenVersions.RegisterAsync(page.Gateway.Store, 2);
        var text = await page.ReadAsync("/models/pumps");
        var comparison = text[text.IndexOf("aria-label=\"Table: Comparison\"", StringComparison.Ordinal)..];
        Assert.That(comparison[..comparison.IndexOf("</table>", StringComparison.Ordinal)], Does.Contain("not recorded").And.Not.Contain("\u2013"));
    }

    [Test]
    public async Task ThreeHundredColumnsWithLongNamesAreAFormThatFitsIntoAnAddress()
    {
        await using var page = await PageFixture.StartAsync();
        await page.PointAsync("pumps", 1);
        var columns = Enumerable.Range(0, 300).Select(number => new ColumnSchema($"<b>{number}\u202e{new string('"', 500)}", ColumnKind.Numeric, null, 0, 0, 1)).ToList();
        await GoldenVersions.RegisterAsync(page.Gateway.Store, 1, schema: GoldenVersions.Schema with { Columns = columns });
        var blue = await page.ServeAsync(Color.Blue, PageFixture.Serving("pumps"));
        var text = await page.ReadAsync($"/playground/pumps?{string.Join('&', columns.Select((_, number) => $"c{number}=0.12345"))}");
        Assert.That(text.Split("<input "), Has.Length.EqualTo(301));
        Assert.That(text, Does.Not.Contain("<b>"));
        Assert.That(blue.Requests.Count, Is.EqualTo(1), "asked with all of them");
    }

    [Test]
    public async Task SaysWhatDriftedAndWhatToDo()
    {
        await using var page = await PageFixture.StartAsync();
        await page.PointAsync("pumps", 1);
        await page.ServeAsync(Color.Blue, PageFixture.Serving("pumps"));
        var verdict = new DriftVerdict(
            "pumps", 1, page.Gateway.Time.GetUtcNow(), TimeSpan.FromHours(1), default, DriftState.Drifted, 5000, ["blue-1"], 0.001, 2.5, 1,
            [new("torque <Nm>", true, 2.5, 0.0001, 5000, [new(DriftStatistic.KolmogorovSmirnov, 0.5, 0.2, 0.0001, true)])], null, [], "'torque <Nm>' (2.5 times its bound) has drifted from the training data.");
        await page.Gateway.Store.WriteAsync(StoreKeys.LatestDrift("pumps"), verdict, RegistryJson.Default.DriftVerdict, PutCondition.None);
        Assert.That(await page.ReadAsync("/"), Does.Contain("no longer like the training data: pumps").And.Contain("--target=Train --model=pumps").And.Contain("<bdi>1 column</bdi>"));
        Assert.That(await page.ReadAsync("/models/pumps"), Does.Contain("torque &lt;Nm&gt;").And.Contain("2.5 times its bound: kolmogorov-smirnov 0.5 of 0.2"));
        page.Gateway.Time.Advance(4 * verdict.Length);
        Assert.That(await page.ReadAsync("/"), Does.Contain("no recent window").And.Not.Contain("no longer like the training data"), "without requests, nothing is known of now");
    }

    /// <summary>The bars are the counts: 3 of 20 rows in training, and 12 of 16 now, are above 20.</summary>
    [Test]
    public async Task DrawsHowAColumnWasSpreadInTrainingAndIsNow()
    {
        await using var page = await PageFixture.StartAsync();
        await GoldenVersions.RegisterAsync(page.Gateway.Store, 1, baseline: new(20, [new("torque", ColumnKind.Numeric, [10, 20], [15, 2, 3], 0, 20, 10)]));
        await page.PointAsync("pumps", 1);
        await page.ServeAsync(Color.Blue, PageFixture.Serving("pumps"));
        var start = page.Gateway.Time.GetUtcNow();
        start = new(start.UtcTicks - start.UtcTicks % TimeSpan.TicksPerHour, TimeSpan.Zero);
        foreach (var (replica, low, high) in new[] { ("blue-1", 1L, 9L), ("green-1", 3L, 3L) })
            await page.Gateway.Store.WriteAsync(
                StoreKeys.DriftWindow("pumps", start, 1, replica),
                new("pumps", 1, GoldenVersions.OnnxSha256(1), start, TimeSpan.FromHours(1), [replica], low + high, 0, [new("torque", [low, 0, high], 0, 0, 0, 1, 40, 0)], null, start), RegistryJson.Default.DriftWindow, PutCondition.None);
        await page.Gateway.Store.WriteAsync(
            StoreKeys.LatestDrift("pumps"),
            new("pumps", 1, start, TimeSpan.FromHours(1), default, DriftState.Drifted, 16, ["blue-1", "green-1"], 0.001, 2.5, 1, [new("torque", true, 2.5, 0.0001, 16, [])], null, [], "'torque' has drifted."), RegistryJson.Default.DriftVerdict, PutCondition.None);
        var text = await page.ReadAsync("/models/pumps");

        Assert.That(text, Does.Contain("torque: furthest apart at above 20, 15 % training and 75 % now"));
        Assert.That(text, Does.Contain("at most 10 \u2026 above 20"));
    }

    [Test]
    public async Task SaysWhetherAllColumnsTogetherTellRequestsFromTheTrainingData()
    {
        await using var page = await PageFixture.StartAsync();
        await page.PointAsync("pumps", 1);
        await page.ServeAsync(Color.Blue, PageFixture.Serving("pumps"));
        Assert.That(await page.ReadAsync("/models/pumps"), Does.Contain("the log was never compared with the training data"));
        var now = page.Gateway.Time.GetUtcNow();
        var verdict = DomainPolicy.Judge(new("pumps", 1, now.AddDays(-1), now, 9000), new([new(1000, 900, 0.7)], [new("torque <Nm>", 0.11)]));
        await page.Gateway.Store.WriteAsync(StoreKeys.Domain("pumps"), verdict, RegistryJson.Default.DomainVerdict, PutCondition.None);
        Assert.That(await page.ReadAsync("/models/pumps"), Does.Contain("its AUC is 0.700, and the bound is 0.552").And.Contain("torque &lt;Nm&gt;").And.Contain("9,000 rows"));
    }

    [Test]
    public async Task ShowsHowGoodPredictionsWereAndWhatTheyWereWorth()
    {
        await using var page = await PageFixture.StartAsync();
        await page.PointAsync("pumps", 1);
        await GoldenVersions.RegisterAsync(page.Gateway.Store, 1);
        await page.ServeAsync(Color.Blue, PageFixture.Serving("pumps"));
        var recent = new VersionQuality(1, null, 1000, 400, new Dictionary<string, Metric> { ["averagePrecision"] = new(0.71, 0.65, 0.77) }, null, new Dictionary<string, double> { ["averagePrecision"] = 0.74, ["f1"] = 0.5 }, 1234, [new("kind=<H>", 40, new Dictionary<string, Metric> { ["averagePrecision"] = new(0.61) })]);
        var report = new QualityReport(
            "pumps", default, [recent], [new(1, null, null, "averagePrecision", 0.71, 0.65, 0.77, ">= 0.8", 400, "It is below its gate.")], [], FeedbackCounts.None, "EUR", [], new Dictionary<DateOnly, FeedbackCounts>());
        await page.Gateway.Store.WriteAsync(StoreKeys.Quality("pumps"), report, RegistryJson.Default.QualityReport, PutCondition.None);
        Assert.That(await page.ReadAsync("/"), Does.Contain("1 model has lost quality in production: pumps.").And.Contain("0.71 in production").And.Contain("1,234 EUR"));
        Assert.That(await page.ReadAsync("/models/pumps"), Does.Contain("400 of 1,000 predicted rows of version 1").And.Contain("0.65 to 0.77").And.Contain("0.74").And.Contain("It is below its gate.").And.Contain("kind=&lt;H&gt;").And.Contain("0.61").And.Contain("no label yet"));
    }

    [TestCase(false, "12.5")]
    [TestCase(true, "is about a person")]
    public void InputsAboutAPersonAreNotShown(bool isPersonal, string expected)
    {
        var schema = GoldenVersions.Schema with { Columns = [GoldenVersions.Schema.Columns[0] with { Personal = isPersonal }] };
        var record = new PredictionRecord("id", "pumps", 1, "job", "blue-1", Color.Blue, default, JsonSerializer.SerializeToElement(new { torque = 12.5 }), [[0.5f]], 10);
        var text = HtmlWriter.Document(html => html.Element("div", [], () => PredictionInputs.Write(html, record, GoldenVersions.Manifest(1, schema))));
        Assert.That(text, Does.Contain(expected));
        Assert.That(text.Contains("12.5", StringComparison.Ordinal), Is.EqualTo(!isPersonal));
    }

    [Test]
    public void EncodedInputsHaveTheNamesOfTheirFeatures()
    {
        var record = new PredictionRecord("id", "pumps", 1, "job", "blue-1", Color.Blue, default, JsonSerializer.SerializeToElement(new[] { new[] { 12.5 } }), [[0.5f]], 10);
        var text = HtmlWriter.Document(html => html.Element("div", [], () => PredictionInputs.Write(html, record, GoldenVersions.Manifest(1, GoldenVersions.Schema with { Features = ["torque"] }))));
        Assert.That(text.Replace("&quot;", "\"", StringComparison.Ordinal), Does.Contain("\"torque\": 12.5"));
    }

    /// <summary>A positive prediction may have a probability below a half.</summary>
    [Test]
    public void PredictionNamesTheThresholdThatDecidedIt()
    {
        var schema = GoldenVersions.Schema with { Task = ModelTask.Binary, Label = "failed", Classes = ["no", "yes"], Threshold = 0.15 };
        var record = new PredictionRecord("id", "pumps", 1, "job", "blue-1", Color.Blue, default, default, [[0.1689f]], 10);
        Assert.That(TracePicture.Answer(record, GoldenVersions.Manifest(1, schema)), Is.EqualTo("pumps predicted failed yes: the probability of yes is 16.89 %, and the threshold 15 %"));
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
