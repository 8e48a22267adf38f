using System.Xml.Linq;
using Slipway.Automation.Reports;
using Slipway.Registry.Costs;
using Slipway.Registry.Models;
using Slipway.Reporting;

namespace Slipway.Automation.Tests.Reports;

public sealed class TrainingReportPageTests
{
    private static readonly XNamespace Xhtml = "http://www.w3.org/1999/xhtml";

    private static IEnumerable<TestCaseData<TrainingRecord>> Records =>
    [
        new(TrainingRecords.Registered()) { TestName = "{m}(registered)" },
        new(TrainingRecords.Refused()) { TestName = "{m}(refused)" },
        new(TrainingRecords.Failed()) { TestName = "{m}(failed)" },
        new(TrainingRecords.Multiclass()) { TestName = "{m}(multiclass)" },
        new(TrainingRecords.Regression()) { TestName = "{m}(regression)" },
    ];

    [TestCaseSource(nameof(Records))]
    public void PageIsWellFormedAndSelfContained(TrainingRecord record)
    {
        var page = Parse(record);

        Assert.That(Names(page), Has.No.Member("script").And.No.Member("link").And.No.Member("iframe").And.No.Member("object"));
        Assert.That(page.Descendants().Attributes("href"), Is.Empty);
        Assert.That(page.Descendants().Attributes("src").Select(source => source.Value), Is.All.StartsWith("data:image/svg+xml;base64,"));
        Assert.That(page.Descendants(Xhtml + "style").Single().Value, Does.Not.Contain("url(").And.Not.Contain("@import"));
        Assert.That(TrainingReportPage.Of(record), Does.Not.Contain("https://"));
    }

    [TestCase("<script>alert(1)</script>")]
    [TestCase("\"><img src=x onerror=alert(1)>")]
    [TestCase("a & b &amp; 'c' \u0001 \uD800 | <!-- -->")]
    public void WordsOfAFileStayWords(string word)
    {
        TrainingRecord[] records = [TrainingRecords.Registered(word), TrainingRecords.Refused(word), TrainingRecords.Failed(word), TrainingRecords.Multiclass(word)];
        foreach (var record in records)
        {
            var page = Parse(record);
            Assert.That(page.Root!.Value, Does.Contain(MarkupText.Clean(word)));
            Assert.That(Names(page), Has.No.Member("script"));
            Assert.That(page.Descendants().Attributes().Select(attribute => attribute.Name.LocalName), Has.No.Member("onerror"));
            Assert.That(page.Descendants(Xhtml + "img").Count(), Is.EqualTo(record.Model?.Plots.Count ?? 0));
        }
    }

    [Test]
    public void VerdictStandsOnTop()
    {
        var sentences = Parse(TrainingRecords.Registered()).Descendants(Xhtml + "header").Single().Elements(Xhtml + "p").Select(paragraph => paragraph.Value);

        Assert.That(sentences, Does.Contain("Registered as version 3: all 3 gates passed, compared with version 2."));
    }

    [Test]
    public void CostIsShownWithItsPriceAndNeverAsZeroWithoutOne()
    {
        var record = TrainingRecords.Registered();
        var cost = new TrainingCost("ml.m5.large", 1, 80, "eu-central-1", 0.003067m, new(0.138m, "USD", new(2026, 11, 1), "list"));
        string Cost(TrainingCost? cost) => Parse(record with { Outcome = record.Outcome with { Cost = cost } }).Descendants(Xhtml + "section").Single(found => found.Attribute("id")?.Value == "lineage")
            .Descendants(Xhtml + "tr").Single(row => row.Elements().First().Value == "cost").Elements().Last().Value;

        Assert.That(Cost(cost), Is.EqualTo("0.003067 USD: 80 billable seconds on ml.m5.large at 0.138 USD an hour in eu-central-1 (list, 2026-11-01)"));
        Assert.That(Cost(cost with { Amount = null, Price = null }), Does.StartWith("no price given for ml.m5.large"));
        Assert.That(Cost(null), Is.EqualTo("not recorded"));
    }

    [Test]
    public void FailedGateComesFirst() =>
        Assert.That(Rows(TrainingRecords.Refused(), "gates")[0], Is.EqualTo(new[] { "FAIL", "slice Type=L auc", "0.65", ">= 0.7", "auc of the 1200 rows with Type=L is 0.65." }));

    [Test]
    public void CandidateIsShownNextToTheChampionInTheDirectionOfTheMetric() =>
        Assert.That(Rows(TrainingRecords.Registered(), "metrics"), Is.EqualTo(new[]
        {
            new[] { "auc", "higher is better", "0.9000", "0.8500 – 0.9500", "0.8750", "", "0.0250 better" },
            ["logLoss", "lower is better", "0.2500", "0.2000 – 0.3000", "0.2000", "", "0.0500 worse"],
        }));

    [Test]
    public void SliceBelowTheFloorIsMarked() =>
        Assert.That(Rows(TrainingRecords.Refused(), "slices"), Is.EqualTo(new[]
        {
            new[] { "Type=L", "1,200", "60", "0.6500", "0.6000 – 0.7000", "below the floor: auc" },
            ["Type=Type", "12", "0", "not defined", "", "too few rows to be gated"],
        }));

    [Test]
    public void ColumnsStandInTheOrderOfTheirImportance() =>
        Assert.That(Rows(TrainingRecords.Registered(), "columns"), Is.EqualTo(new[]
        {
            new[] { "size", "numeric", "0 to 9.5", "2", "0%", "0.2000", "" },
            ["Type", "categorical", "L, Type", "no category", "1.5%", "0.0100", ""],
        }));

    [Test]
    public void LabelIsDescribedAsItsTaskHasIt()
    {
        Assert.That(Rows(TrainingRecords.Registered(), "data"), Is.EqualTo(new[] { new[] { "no", "96.6%", "" }, ["Type", "3.4%", ""] }));
        Assert.That(Rows(TrainingRecords.Multiclass(), "data"), Is.EqualTo(new[] { new[] { "Adelie", "60%", "" }, ["Gentoo", "40%", ""] }));
        Assert.That(
            Parse(TrainingRecords.Regression()).Descendants(Xhtml + "dd").Select(value => value.Value),
            Is.SupersetOf(new[] { "9", "46.6", "23.5", "7.8" }));
    }

    [Test]
    public void SaysHowToGoBackAndHowToMakeItAgain()
    {
        var commands = Commands(TrainingRecords.Registered());

        Assert.That(commands, Does.Contain("./build.sh --target=Reproduce --model=pumps --version=3"));
        Assert.That(commands, Does.Contain("./build.sh --target=Rollback --model=pumps --to=2"));
    }

    [Test]
    public void DirtyTreeIsMarkedAndNotReproduced()
    {
        var record = TrainingRecords.Registered();
        record = record with { Lineage = record.Lineage with { Source = new(new('c', 40), Dirty: true) } };

        Assert.That(Commands(record), Has.None.Contain("Reproduce"));
        Assert.That(Parse(record).Root!.Value, Does.Contain("uncommitted changes: not reproducible"));
    }

    [Test]
    public void ManyColumnsAreFoldedAway()
    {
        var record = TrainingRecords.Registered();
        var columns = Enumerable.Range(0, 200).Select(i => new ColumnSchema($"c{i}", ColumnKind.Numeric, null, 0, 0, 1)).ToList();
        record = record with { Model = record.Model! with { Schema = record.Model.Schema with { Columns = columns } } };

        Assert.That(Parse(record).Descendants(Xhtml + "summary").Single().Value, Is.EqualTo("200 columns"));
        Assert.That(Rows(record, "columns"), Has.Length.EqualTo(200));
    }

    private static XDocument Parse(TrainingRecord record) => XDocument.Parse(TrainingReportPage.Of(record));

    private static IEnumerable<string> Names(XDocument page) => page.Descendants().Select(element => element.Name.LocalName);

    private static string[] Commands(TrainingRecord record) => [.. Parse(record).Descendants(Xhtml + "code").Select(code => code.Value)];

    private static string[][] Rows(TrainingRecord record, string section) =>
    [
        .. Parse(record).Descendants(Xhtml + "section").Single(found => found.Attribute("id")?.Value == section)
            .Descendants(Xhtml + "tbody").First().Elements(Xhtml + "tr")
            .Select(row => row.Elements().Select(cell => cell.Value).ToArray()),
    ];
}
