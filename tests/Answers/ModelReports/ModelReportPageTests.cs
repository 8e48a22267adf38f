using System.Xml.Linq;
using Slipway.Answers.ModelReports;
using Slipway.Registry;
using Slipway.Registry.Costs;
using Slipway.Registry.Models;
using Slipway.Registry.Monitoring.Domains;
using Slipway.Registry.Monitoring.Drift;
using Slipway.Registry.Monitoring.Quality;
using Slipway.Registry.Storage;
using Slipway.Reporting;

namespace Slipway.Answers.Tests.ModelReports;

public sealed class ModelReportPageTests
{
    private static readonly XNamespace Xhtml = "http://www.w3.org/1999/xhtml";

    private static readonly PriceTable Prices = new(
        "USD", new(2026, 11, 1), "a test", new Dictionary<string, RegionPrices> { ["eu-central-1"] = new(null, new(0.04m, 0.005m), new(0.02m, 0.005m, 0.0004m)) });

    private AnswersFixture _fixture = null!;

    [SetUp]
    public void SetUp() => _fixture = new();

    [TearDown]
    public void TearDown() => _fixture.Dispose();

    [Test]
    public async Task EveryPartSaysWhyItHasNoDataYet()
    {
        var page = await Page();

        Assert.That(Section(page, "quality"), Does.Contain("No data yet, because no labels have been joined with the log"));
        Assert.That(Section(page, "value"), Does.Contain("No data yet, because no labels have been joined with the log."));
        Assert.That(Section(page, "drift"), Does.Contain("No data yet, because nothing was predicted in the last 7 days."));
        Assert.That(Section(page, "traffic"), Does.Contain("No data yet, because the log of the last 7 days has no prediction of this model"));
        Assert.That(Section(page, "live"), Does.Contain("No data yet, because no version is live."));
        Assert.That(Section(page, "history"), Does.Contain("No data yet, because no channel was ever moved"));
        Assert.That(Section(page, "costs"), Does.Contain("No data yet, because no training job has been started.").And.Contain("There is no table of prices"));
        Assert.That(page.Descendants(Xhtml + "header").Single().Value, Does.Contain("No version is live."));
    }

    [Test]
    public async Task PageShowsWhatTheStoreHas()
    {
        var manifest = await _fixture.Trains();
        _fixture.Time.Advance(TimeSpan.FromDays(1));
        await _fixture.Predicts(1, """[{"age":60,"ward":"A"}]""", """[{"age":61,"ward":"B"},{"age":62,"ward":"B"}]""");
        await Judged(0.5);
        _fixture.Time.Advance(TimeSpan.FromHours(1));
        var page = await Page();

        Assert.That(page.Descendants(Xhtml + "header").Single().Attribute("class")!.Value, Is.EqualTo("good"));
        Assert.That(Section(page, "traffic"), Does.Contain("2026-11-03").And.Contain("13 µs"), "12.5 µs, at most 5 % too long");
        Assert.That(Section(page, "version-1"), Does.Contain(manifest.Lineage.TrainingJob).And.Contain("metric averagePrecision of ward").And.Contain("0.8500 – 0.9500"));
        Assert.That(Section(page, "history"), Does.Contain("publish 1").And.Contain("ada"));
        Assert.That(Section(page, "costs"), Does.Contain("No job has a price."));
        Assert.That(page.Descendants(Xhtml + "img").Select(image => image.Attribute("alt")!.Value.Split('.')[0]), Is.EqualTo(new[] { "Largest distance, by window", "Predictions by day", "Latency by day" }));
    }

    [Test]
    public async Task DriftStandsOnTopAndInItsPart()
    {
        await _fixture.Trains();
        await Judged(2.5);
        var page = await Page();

        Assert.That(page.Descendants(Xhtml + "header").Single().Attribute("class")!.Value, Is.EqualTo("bad"));
        Assert.That(page.Descendants(Xhtml + "header").Single().Value, Does.Contain("'ward' (2.5 times its bound) has drifted from the training data."));
        Assert.That(Rows(page, "drift")[0][..3], Is.EqualTo(new[] { "ward", "drift", "2.50" }));
    }

    [Test]
    public async Task ClassifierThatTellsRequestsApartStandsOnTopAndInItsPart()
    {
        await _fixture.Trains();
        Assert.That(Section(await Page(), "drift"), Does.Contain("No data yet, because the log was never compared with the training data"));
        var now = _fixture.Time.GetUtcNow();
        var verdict = DomainPolicy.Judge(new(AnswersFixture.Model, 1, now.AddDays(-1), now, 9000), new([new(1000, 900, 0.7)], [new("ward <3>", 0.11)]));
        await _fixture.Store.WriteAsync(StoreKeys.Domain(AnswersFixture.Model), verdict, RegistryJson.Default.DomainVerdict, PutCondition.None);
        var page = await Page();

        Assert.That(page.Descendants(Xhtml + "header").Single().Value, Does.Contain(verdict.Sentence));
        Assert.That(Section(page, "drift"), Does.Contain(verdict.Sentence).And.Contain("9,000 rows of version 1"));
        Assert.That(Rows(page, "drift")[0], Is.EqualTo(new[] { "ward <3>", "0.1100" }));
    }

    [Test]
    public async Task QualityIsShownByDayWithItsIntervalItsEstimateAndTheBoundOfItsGate()
    {
        await _fixture.Trains();
        await Labeled("A label is wrong.");
        var page = await Page();

        Assert.That(Rows(page, "quality")[0], Is.EqualTo(new[] { "1", "averagePrecision", "0.6000", "0.5500 – 0.6500", "0.6200", "150", "15%", "3 hours, 2 days" }));
        Assert.That(Section(page, "quality"), Does.Contain("averagePrecision of version 1 is lost.").And.Contain("ward=A").And.Contain("A label is wrong."));
        Assert.That(page.Descendants(Xhtml + "header").Single().Value, Does.Contain("averagePrecision of version 1 is lost."));
        Assert.That(Section(page, "value"), Does.Contain("Value in EUR").And.Contain("-12.5"));
        Assert.That(page.Descendants(Xhtml + "img").Select(image => image.Attribute("alt")!.Value.Split('.')[0]), Is.EqualTo(new[] { "averagePrecision", "Value by day" }));
    }

    [Test]
    public async Task ThousandPredictionsCostWhatTheirServersAndTheirLogCost()
    {
        await _fixture.Trains();
        _fixture.Time.Advance(TimeSpan.FromMinutes(1));
        await _fixture.Predicts(1, [.. Enumerable.Repeat("""[{"age":60,"ward":"A"}]""", 100)]);
        _fixture.Time.Advance(TimeSpan.FromHours(48));
        var report = await Read(new(2, Cpus: 2, Gigabytes: 4), Prices);

        // (2 * 0.04 + 4 * 0.005) USD an hour, since the first prediction, over 100 predictions
        Assert.That(report.Serving.Servers, Is.EqualTo(0.1m * 48 / 100 * 1000).Within(1e-9m));
        // one object for 100 predictions: 10 objects for 1,000
        Assert.That(report.Serving.Log, Is.EqualTo((report.LogSize!.Bytes * 10m / 1_000_000_000 * 0.02m) + 0.00005m).Within(1e-12m));
        Assert.That(Section(XDocument.Parse(ModelReportPage.Of(report)), "costs"), Does.Contain("2 tasks with 2 vCPU and 4 GB together, as they run now, for 48 hours over 100 predictions of all models"));
        Assert.That(Section(XDocument.Parse(ModelReportPage.Of(await Read(null, Prices))), "costs"), Does.Contain("no price given for servers in eu-central-1"));
        Assert.That(Section(XDocument.Parse(ModelReportPage.Of(await Read(new(2, 2, 4), null))), "costs"), Does.Contain("no price given for tasks in eu-central-1").And.Not.Contain("0.00 "));
    }

    [Test]
    public async Task PredictionsOfAFewHoursHaveNoPriceButASentence()
    {
        await _fixture.Trains();
        await _fixture.Predicts(1, """[{"age":60,"ward":"A"}]""");
        _fixture.Time.Advance(TimeSpan.FromHours(3));
        var report = await Read(new(2, Cpus: 2, Gigabytes: 4), Prices);
        var page = XDocument.Parse(ModelReportPage.Of(report));

        Assert.That((report.Serving.Servers, report.HasHoursToPrice), Is.EqualTo(((decimal?)null, false)));
        Assert.That(Section(page, "costs"), Does.Contain("too early to say, because the log has predictions of 3 hours and servers are priced from 24 hours on"));
        Assert.That(page.Descendants(Xhtml + "header").Single().Value, Does.Not.Contain("high price").And.Contain("the log alone: see Costs for the servers"));
    }

    [TestCase("<script>alert(1)</script>")]
    [TestCase("\"><img src=x onerror=alert(1)>")]
    [TestCase("a & b &amp; 'c' \u0001 | <!-- -->")]
    public async Task WordsOfAFileStayWords(string word)
    {
        _fixture.Word = word;
        await _fixture.Trains("patient,age,ill\n17,60,1\n");
        await Judged(2.5, word);
        await Labeled(word, word);
        var text = ModelReportPage.Of(await Read(null, Prices with { Source = word, Currency = word }));
        var page = XDocument.Parse(text);

        Assert.That(page.Root!.Value, Does.Contain(MarkupText.Clean(word)));
        Assert.That(page.Descendants().Select(element => element.Name.LocalName), Has.No.Member("script"));
        Assert.That(page.Descendants().Attributes().Select(attribute => attribute.Name.LocalName), Has.No.Member("onerror"));
        Assert.That(page.Descendants().Attributes("src").Select(source => source.Value), Is.All.StartsWith("data:image/svg+xml;base64,"));
    }

    [Test]
    public async Task SameStoreGivesTheSameBytes()
    {
        await _fixture.Trains();
        await Judged(0.5);

        var first = ModelReportPage.Of(await Read(null, Prices));
        Assert.That(ModelReportPage.Of(await Read(null, Prices)), Is.EqualTo(first));
    }

    private Task Labeled(string problem, string slice = "ward=A")
    {
        var metrics = new Dictionary<string, Metric> { ["averagePrecision"] = new(0.6, 0.55, 0.65) };
        var estimate = new Dictionary<string, double> { ["averagePrecision"] = 0.62 };
        var one = new VersionQuality(1, null, 1000, 150, metrics, new(TimeSpan.FromHours(3), TimeSpan.FromDays(2), TimeSpan.FromDays(4)), estimate, -12.5, [new(slice, 40, metrics)]);
        return _fixture.Store.WriteAsync(
            StoreKeys.Quality(AnswersFixture.Model),
            new(AnswersFixture.Model, _fixture.Time.GetUtcNow(), [one, one with { Day = new(2026, 11, 2) }, one with { Day = new(2026, 11, 1), Value = null }],
                [new(1, null, null, "averagePrecision", 0.6, 0.55, 0.65, ">= 0.7", 150, "averagePrecision of version 1 is lost.")],
                [new("averagePrecision", 4, 0.02, 0.01, 0.03)], new(200, 150, 20, 10, 12, 5, 3), "EUR", [problem], new Dictionary<DateOnly, FeedbackCounts>()),
            RegistryJson.Default.QualityReport, PutCondition.None);
    }

    private Task Judged(double ratio, string column = "ward")
    {
        var (at, drifted) = (_fixture.Time.GetUtcNow(), ratio > 1);
        return _fixture.Store.WriteAsync(
            StoreKeys.DriftVerdict(AnswersFixture.Model, at, 1),
            new(AnswersFixture.Model, 1, at, TimeSpan.FromHours(1), at, drifted ? DriftState.Drifted : DriftState.Stable, 2000, ["blue-1"], 0.0001, ratio, drifted ? 1 : 0,
                [
                    new(column, drifted, ratio, 0.001, 2000, [new(DriftStatistic.JensenShannon, 0.1 * ratio, 0.1, 0.001, Decides: true)]),
                    new("age", false, 0.2, 0.5, 2000, [new(DriftStatistic.KolmogorovSmirnov, 0.01, 0.05, 0.5, Decides: true)]),
                ],
                null, [new(column, DataCheck.NewCategory, 3, 0.0015, 0, Problem: false)], "A sentence."),
            RegistryJson.Default.DriftVerdict, PutCondition.None);
    }

    private Task<ModelReport> Read(ServingSize? size, PriceTable? prices) => ModelReport.ReadAsync(
        _fixture.Store, _fixture.Jobs, AnswersFixture.Model, new("shore", size, prices, "eu-central-1", _fixture.Time), _ => { }, default);

    private async Task<XDocument> Page() => XDocument.Parse(ModelReportPage.Of(await Read(null, null)));

    private static XElement Find(XDocument page, string section) => page.Descendants(Xhtml + "section").Single(found => found.Attribute("id")?.Value == section);

    private static string Section(XDocument page, string section) => Find(page, section).Value;

    private static string[][] Rows(XDocument page, string section) =>
    [
        .. Find(page, section).Descendants(Xhtml + "tbody").First().Elements(Xhtml + "tr").Select(row => row.Elements().Select(cell => cell.Value).ToArray()),
    ];
}
