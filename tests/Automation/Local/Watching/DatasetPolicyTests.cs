using Slipway.Automation.Local.Watching;
using Slipway.Registry.Lineages;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Tests.Local.Watching;

public sealed class DatasetPolicyTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 1, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly TrainingInputs Now = new("spec", new("commit", Dirty: false), "release");

    [Test]
    public void DatasetWithoutAJobIsTrainedOn([Values] bool fromStart) =>
        Assert.That(Decide(Lies("a", hour: 9, fromStart), "A").Verdict, Is.EqualTo(DatasetVerdict.Train));

    [TestCase(TrainingResult.Registered, DatasetVerdict.Known)]
    [TestCase(TrainingResult.Refused, DatasetVerdict.Known)]
    [TestCase(TrainingResult.Failed, DatasetVerdict.FailedBefore)]
    [TestCase(TrainingResult.Stopped, DatasetVerdict.Train)]
    [TestCase(null, DatasetVerdict.Train)]
    public void SameContentDoesWhatItsJobLeftToDo(TrainingResult? result, DatasetVerdict verdict) =>
        Assert.That(Decide(Lies("a", hour: 9), "A", Job("A", hour: 10, result)).Verdict, Is.EqualTo(verdict));

    [Test]
    public void SameContentUnderAnotherNameIsTheSame() =>
        Assert.That(Decide(Comes("copy", hour: 11), "A", Job("A", hour: 10, TrainingResult.Registered)).Verdict, Is.EqualTo(DatasetVerdict.Known));

    [Test]
    public void ChangedSpecAloneTrainsNothing() =>
        Assert.That(Decide(Lies("a", hour: 9), "A", Job("A", hour: 10, TrainingResult.Registered, spec: "other")).Verdict, Is.EqualTo(DatasetVerdict.Known));

    [Test]
    public void DatasetThatIsBroughtAgainAfterTheSpecChangedIsTrainedOn() =>
        Assert.That(Decide(Comes("a", hour: 11), "A", Job("A", hour: 10, TrainingResult.Registered, spec: "other")).Verdict, Is.EqualTo(DatasetVerdict.Train));

    [TestCase("other", "commit", "release", false, DatasetVerdict.Train)]
    [TestCase("spec", "other", "release", false, DatasetVerdict.Train)]
    [TestCase("spec", "commit", "other", false, DatasetVerdict.FailedBefore, Description = "A clean commit says all there is to say of the code")]
    [TestCase("spec", "commit", "other", true, DatasetVerdict.Train)]
    public void FailedDatasetIsTriedAgainOnlyWithOtherSpecOrCode(string spec, string commit, string image, bool dirty, DatasetVerdict verdict)
    {
        var failed = Job("A", hour: 10, TrainingResult.Failed, spec, new(commit, dirty), image);

        Assert.That(
            DatasetPolicy.Decide(Lies("a", hour: 9), "A", [failed], Now with { Source = new("commit", dirty) }).Verdict, Is.EqualTo(verdict));
    }

    [TestCase(9, DatasetVerdict.Stale)]
    [TestCase(11, DatasetVerdict.Train)]
    public void WhatLayThereIsStaleWhenANewerDatasetWasTrainedOn(int hour, DatasetVerdict verdict) =>
        Assert.That(Decide(Lies("a", hour), "A", Job("B", hour: 10, TrainingResult.Refused)).Verdict, Is.EqualTo(verdict));

    [Test]
    public void FailureMakesNothingStale() =>
        Assert.That(Decide(Lies("a", hour: 9), "A", Job("B", hour: 10, TrainingResult.Failed)).Verdict, Is.EqualTo(DatasetVerdict.Train));

    [Test]
    public void WhatIsSeenToComeIsNewWhateverItsFileTime() =>
        Assert.That(Decide(Comes("a", hour: 9), "A", Job("B", hour: 10, TrainingResult.Registered)).Verdict, Is.EqualTo(DatasetVerdict.Train));

    [Test]
    public void JobThatDiedIsNotTakenUpBehindANewerOne() =>
        Assert.That(
            Decide(Lies("a", hour: 8), "A", Job("A", hour: 9, null), Job("B", hour: 10, TrainingResult.Registered)).Verdict, Is.EqualTo(DatasetVerdict.Stale));

    [TestCase(TrainingResult.Registered, DatasetVerdict.Known, Description = "It was brought for that, and would replace it")]
    [TestCase(TrainingResult.Failed, DatasetVerdict.Train)]
    [TestCase(null, DatasetVerdict.Train)]
    public void ModelMadeElsewhereSpeaksForItsDatasetWhenItWasJudged(TrainingResult? result, DatasetVerdict verdict) =>
        Assert.That(Decide(Lies("a", hour: 9), "A", Outside(Job("A", hour: 10, result))).Verdict, Is.EqualTo(verdict));

    [Test]
    public void TrainTakesADatasetThatOnlyAModelMadeElsewhereFailedOn() =>
        Assert.That(DatasetPolicy.NewestUsable([Stored("A")], [Outside(Job("A", 9, TrainingResult.Failed))], Now).Usable, Is.Not.Null);

    [Test]
    public void NewestLiesByFileTime() =>
        Assert.That(DatasetPolicy.Newest([Lies("a", 9), Lies("c", 11), Lies("b", 10)], []).File.Name, Is.EqualTo("c.csv"));

    [Test]
    public void WhatIsSeenToComeIsNewerThanWhatLayThere() =>
        Assert.That(DatasetPolicy.Newest([Lies("a", 23), Comes("b", 1)], []).File.Name, Is.EqualTo("b.csv"));

    [Test]
    public void WhatComesTogetherGoesByFileTimeAndThenByName()
    {
        Assert.That(DatasetPolicy.Newest([Comes("b", 9), Comes("a", 10)], []).File.Name, Is.EqualTo("a.csv"));
        Assert.That(DatasetPolicy.Newest([Comes("b", 9), Comes("a", 9)], []).File.Name, Is.EqualTo("b.csv"));
    }

    [Test]
    public void LaterComerIsNewerWhateverItsFileTime() =>
        Assert.That(DatasetPolicy.Newest([Comes("a", 10), Comes("b", 9) with { SeenAt = TimeSpan.FromSeconds(1) }], []).File.Name, Is.EqualTo("b.csv"));

    // Moved in at ten with the file time of nine: the job that was cut short is all that tells so.
    [Test]
    public void DatasetWhoseJobWasCutShortIsNewerThanItsFileTime()
    {
        Arrival[] lying = [Lies("a", 9) with { File = Lies("a", 9).File with { Name = "A.csv" } }, Lies("b", 9).With(minutes: 30)];

        Assert.That(DatasetPolicy.Newest(lying, [Job("A", hour: 10, null)]).File.Name, Is.EqualTo("A.csv"));
        Assert.That(DatasetPolicy.Newest(lying, [Job("A", hour: 10, TrainingResult.Registered)]).File.Name, Is.EqualTo("b.csv"), "control");
    }

    [Test]
    public void TrainTakesTheNewestThatDidNotFail()
    {
        var (usable, failed) = DatasetPolicy.NewestUsable([Stored("C"), Stored("B"), Stored("A")], [Job("B", 9, TrainingResult.Failed), Job("C", 10, TrainingResult.Failed)], Now);

        Assert.That(usable!.Version, Is.EqualTo("A"));
        Assert.That(failed.Select(job => job.Lineage.Dataset.Version), Is.EqualTo(new[] { "C", "B" }));
    }

    [Test]
    public void TrainTakesNothingWhereAllFailed() =>
        Assert.That(DatasetPolicy.NewestUsable([Stored("A")], [Job("A", 9, TrainingResult.Failed)], Now).Usable, Is.Null);

    [Test]
    public void TrainTakesWhatFailedWithAnotherSpecOrWorkedLater()
    {
        Assert.That(DatasetPolicy.NewestUsable([Stored("A")], [Job("A", 9, TrainingResult.Failed, spec: "other")], Now).Usable, Is.Not.Null);
        Assert.That(DatasetPolicy.NewestUsable([Stored("A")], [Job("A", 9, TrainingResult.Failed), Job("A", 10, TrainingResult.Registered)], Now).Usable, Is.Not.Null);
    }

    private static DatasetDecision Decide(Arrival newest, string version, params DatasetJob[] jobs) => DatasetPolicy.Decide(newest, version, jobs, Now);

    private static Arrival Lies(string name, int hour, bool fromStart = true) =>
        new(new("pumps", $"{name}.csv", 10, Midnight.AddHours(hour)), TimeSpan.Zero, fromStart, ArrivalPhase.Arrived);

    private static Arrival Comes(string name, int hour) => Lies(name, hour, fromStart: false);

    private static DatasetJob Outside(DatasetJob job) => job with { Lineage = job.Lineage with { Outside = new("onnx", "golden") } };

    private static ObjectInfo Stored(string version) => new($"datasets/pumps/{version}.csv", version, 10, version, Midnight);

    private static DatasetJob Job(
        string version, int hour, TrainingResult? result, string spec = "spec", SourceReference? source = null, string image = "release")
    {
        var id = $"pumps-0123456789ab-a{hour}";
        var lineage = new Lineage(
            id, "pumps", new($"datasets/pumps/{version}.csv", version, version, 10, null), spec, "linear", new Dictionary<string, string>(), 1,
            source ?? Now.Source, new(image, "X64", new Dictionary<string, string>()), null, Midnight.AddHours(hour), null);
        return new(lineage, result is { } ended ? new(id, ended, "because", null, null, Midnight.AddHours(hour)) : null);
    }
}

file static class Arrivals
{
    public static Arrival With(this Arrival arrival, int minutes) =>
        arrival with { File = arrival.File with { Modified = arrival.File.Modified.AddMinutes(minutes) } };
}
