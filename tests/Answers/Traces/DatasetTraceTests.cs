using System.Security.Cryptography;
using System.Text;
using Slipway.Answers.Traces;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Lineages;
using Slipway.Reporting;

namespace Slipway.Answers.Tests.Traces;

public sealed class DatasetTraceTests
{
    private const string Other = "patient,age,ward,ill\n20,70,A,1\n";

    private AnswersFixture _fixture = null!;

    [SetUp]
    public void SetUp() => _fixture = new();

    [TearDown]
    public void TearDown() => _fixture.Dispose();

    [Test]
    public async Task DatasetIsFollowedToItsVersionsWhereTheyServedAndTheirPredictions()
    {
        var first = await _fixture.Trains();
        var began = _fixture.Time.GetUtcNow();
        _fixture.Time.Advance(TimeSpan.FromHours(1));
        await _fixture.Predicts(1, """[{"age":60,"ward":"A"}]""", """[{"age":61,"ward":"B"},{"age":62,"ward":"B"}]""");
        await _fixture.Trains(Other, "other.csv");
        var moved = _fixture.Time.GetUtcNow();
        await _fixture.Predicts(2, """[{"age":60,"ward":"A"}]""");
        _fixture.Time.Advance(TimeSpan.FromHours(1));
        await _fixture.RollsBack(1);
        await _fixture.Predicts(1, """[{"age":63,"ward":"B"}]""");
        _fixture.Time.Advance(TimeSpan.FromHours(1));

        var traced = (await Find(new(null, StoreKeys.Dataset(AnswersFixture.Model, "patients.csv"), null))).Single();
        var job = traced.Jobs.Single();

        Assert.That((job.Job.Id, job.Version), Is.EqualTo((first.Lineage.TrainingJob, (int?)1)));
        Assert.That(job.Served.Select(period => (period.Color, period.From, period.Until, period.Entry.By)), Is.EqualTo(new (Color, DateTimeOffset, DateTimeOffset?, string)[]
        {
            (Color.Blue, began, moved, "ada"), (Color.Green, began, moved, "ada"),
            (Color.Blue, moved.AddHours(1), null, "grace"), (Color.Green, moved.AddHours(1), null, "grace"),
        }));
        Assert.That((traced.Predictions.Of(1).Predictions, traced.Predictions.Of(1).Rows), Is.EqualTo((3, 4)));
        Assert.That(traced.Predictions.Of(2).Predictions, Is.EqualTo(1));
    }

    [Test]
    public async Task ContentIsFoundUnderWhateverNameItWasTrained()
    {
        await _fixture.Trains();
        await _fixture.Trains(Other, "other.csv");
        var refused = await _fixture.Refuses(Other + "21,71,A,0\n", "other.csv");
        var bySha = await Find(new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Other))), null, null));
        var byKey = await Find(new(null, StoreKeys.Dataset(AnswersFixture.Model, "other.csv"), null));

        Assert.That(bySha.Single().Jobs.Select(job => job.Version), Is.EqualTo(new int?[] { 2 }));
        Assert.That(byKey.Single().Jobs.Select(job => (job.Version, job.Job.Outcome!.Result)), Is.EqualTo(new[] { ((int?)2, TrainingResult.Registered), (null, TrainingResult.Refused) }));
        Assert.That(byKey.Single().Jobs[1].Job.Id, Is.EqualTo(refused));
        Assert.That((await Find(new(null, StoreKeys.Dataset(AnswersFixture.Model, "other.csv"), byKey.Single().Jobs[1].Job.Lineage.Dataset.Version))).Single().Jobs, Has.Count.EqualTo(1));
        Assert.That(await Find(new(new('0', 64), null, null)), Is.Empty);
    }

    [Test]
    public async Task SectionsSayWhatHappenedAndWhatDidNot()
    {
        await _fixture.Trains();
        await _fixture.Refuses(Other);
        var traced = (await Find(new(null, StoreKeys.Dataset(AnswersFixture.Model, "patients.csv"), null))).Single();
        var sections = DatasetTraceSections.Of(traced);

        Assert.That(Rows(sections[0]).Select(row => row[2]), Is.EqualTo(new[] { "registered", "refused" }));
        Assert.That(Rows(sections[1]).Select(row => (row[1], row[3])), Is.EqualTo(new[] { ("blue", "now"), ("green", "now") }));
        Assert.That(
            DatasetTraceSections.Of(traced with { Jobs = [traced.Jobs[1]] })[1].Blocks.OfType<Paragraph>().Single().Text.Plain,
            Is.EqualTo("Nowhere: no channel ever pointed to one of them."));
    }

    internal static string[][] Rows(Section section) => [.. section.Blocks.OfType<Table>().Single().Rows.Select(row => row.Select(cell => cell.Text.Plain).ToArray())];

    private Task<IReadOnlyList<TracedDataset>> Find(DatasetQuery query) =>
        new DatasetTrace(_fixture.Store, _fixture.Jobs, _fixture.Time).FindAsync(query, [AnswersFixture.Model], _ => { }, default);
}
