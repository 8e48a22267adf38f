using Slipway.Answers.Traces;
using Slipway.Registry;
using Slipway.Registry.Rows;

namespace Slipway.Answers.Tests.Traces;

public sealed class RowTraceTests
{
    private AnswersFixture _fixture = null!;

    [SetUp]
    public void SetUp() => _fixture = new();

    [TearDown]
    public void TearDown() => _fixture.Dispose();

    [Test]
    public async Task RowIsFoundInEveryDatasetWithItsSideInEachJob()
    {
        await _fixture.Trains();
        _fixture.Share = 0.4;
        await _fixture.Trains(); // the same dataset, split in another way
        await _fixture.Trains("patient,age,ward,ill\n30,70,A,1\n", "others.csv");
        var traced = await Find("patient=17");
        var scanned = traced.Scanned.Single(dataset => dataset.Matches > 0);
        var row = scanned.First.Single();

        Assert.That(traced.Scanned, Has.Count.EqualTo(2), "jobs with the same content share one scan");
        Assert.That((row.Number, row.Ids), Is.EqualTo((1, new[] { KeyValuePair.Create("patient", "17") })));
        Assert.That(scanned.Stored.Jobs.Select(job => row.Sides[job.Id]), Is.EqualTo(new[] { SideOf("17", 0.2), SideOf("17", 0.4) }));
        Assert.That(traced.Fed!.Jobs.Select(job => job.Version), Is.EqualTo(new int?[] { 1, 2 }));
    }

    [Test]
    public async Task EveryRowFallsOnTheSideThatTheTrainerGaveIt()
    {
        var patients = Enumerable.Range(1, 12).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture)).ToList();
        await _fixture.Trains("age,patient,ward,ill\n" + string.Concat(patients.Select(patient => $"60, {patient} ,A,1\n")));

        // recorded from the split's own test: T T H T V H T T V T T T
        foreach (var (patient, side) in patients.Zip("TTHTVHTTVTTT"))
            Assert.That((await Find($"patient={patient}")).Scanned.Single().First.Single().Sides.Values.Single().ToString()[0], Is.EqualTo(side), patient);
    }

    [Test]
    public async Task DatasetThatNothingWasTrainedOnIsSearchedToo()
    {
        await _fixture.Trains();
        await _fixture.Puts("patient,age,ward,ill\n99,60,A,1\n99,61,B,0\n", "new.csv");
        var traced = await Find("patient=99");

        Assert.That(traced.Scanned.Single(dataset => dataset.Matches > 0), Has.Property("Matches").EqualTo(2));
        Assert.That(traced.Fed, Is.Null);
        Assert.That(DatasetTraceTests.Rows(RowTraceSections.Of(traced)[0])[0][2], Is.EqualTo("none: nothing was trained on it"));
    }

    [Test]
    public async Task IdThatIsNotAFeatureIsNotInTheLogAndTheTraceSaysSo()
    {
        await _fixture.Trains();
        await _fixture.Predicts(1, """[{"age":60,"ward":"A"}]""");
        var about = (await Find("patient=17")).Predictions;

        Assert.That((about.Read, about.Count), Is.EqualTo((0, 0)));
        Assert.That(about.Doubt, Does.StartWith("'patient' is not a feature of the model"));
    }

    [Test]
    public async Task PredictionsAreFoundByAFeatureAndThoseThatCannotBeComparedAreCounted()
    {
        await _fixture.Trains();
        _fixture.Time.Advance(TimeSpan.FromMinutes(1));
        var ids = await _fixture.Predicts(1, """[{"age":60.0,"ward":"A"}]""", """[{"age":1,"ward":"B"},{"age":60,"ward":"B"}]""", """[{"age":null,"ward":"C"}]""", "[[60,1,0]]");
        _fixture.Time.Advance(TimeSpan.FromMinutes(1));
        var about = (await Find("age=60")).Predictions;

        Assert.That((about.Read, about.Count), Is.EqualTo((4, 2)));
        Assert.That(about.First.Select(record => record.PredictionId), Is.EqualTo(ids[..2]));
        Assert.That(about.Doubt, Is.EqualTo("1 prediction had encoded inputs, which cannot be compared with a value"));
    }

    [Test]
    public async Task DatasetThatCannotBeReadToItsEndMakesTheAnswerIncomplete()
    {
        var manifest = await _fixture.Trains();
        await _fixture.Put(StoreKeys.TrainingInput(manifest.Lineage.TrainingJob, "training", "patients.csv"), "patient,age\n17,60\n18\n"u8.ToArray());
        var traced = await Find("patient=17");

        Assert.That(traced.Unread.Single().Problem, Does.Contain("data row 2"));
        Assert.That(traced.Unread.Single().Matches, Is.EqualTo(1), "what was found before counts");
        await _fixture.Store.DeleteAsync(StoreKeys.TrainingInput(manifest.Lineage.TrainingJob, "training", "patients.csv"));
        Assert.That((await Find("patient=17")).Unread.Single().Problem, Does.Contain("no longer in the store"));
    }

    [Test]
    public async Task UnknownColumnIsKnownToBeUnknown()
    {
        await _fixture.Trains();
        Assert.That((await Find("Patient=17")).ColumnExists, Is.False);
        Assert.That((await Find("patient=170")).ColumnExists, Is.True);
    }

    [TestCase("patient=17", "patient", "17")]
    [TestCase("patient = a=b ", "patient", "a=b")]
    public void QueryIsAColumnAndAValue(string text, string column, string value) => Assert.That(RowQuery.Parse(text), Is.EqualTo(new RowQuery(column, value)));

    [TestCase("patient"), TestCase("=17"), TestCase("patient="), TestCase(" = ")]
    public void WhatIsNotSaysHowToWriteIt(string text) =>
        Assert.That(() => RowQuery.Parse(text), Throws.TypeOf<SlipwayException>().With.Message.Contains("<column>=<value>"));

    private static Side SideOf(string patient, double share)
    {
        using var rows = CsvRows.Open(new MemoryStream(System.Text.Encoding.UTF8.GetBytes($"patient\n{patient}\n")), "test");
        rows.Read();
        return new RowSplit(new(share, share)).SideOf(rows, [0]);
    }

    private Task<TracedRow> Find(string query) =>
        new RowTrace(_fixture.Store, _fixture.Jobs, _fixture.Time).FindAsync(AnswersFixture.Model, RowQuery.Parse(query), _ => { }, default);
}
