using Slipway.Automation.Datasets;
using Slipway.Registry.Lineages;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Tests.Datasets;

public sealed class DatasetPolicyTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 1, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly TrainingInputs Now = new("spec", new("commit", Dirty: false), "release");

    [Test]
    public void DatasetWithoutAJobIsTrainedOn([Values] bool seenToCome) =>
        Assert.That(Decide(Lies(hour: 9) with { SeenToCome = seenToCome }).Verdict, Is.EqualTo(DatasetVerdict.Train));

    [TestCase(TrainingResult.Registered, DatasetVerdict.Known)]
    [TestCase(TrainingResult.Refused, DatasetVerdict.Known)]
    [TestCase(TrainingResult.Failed, DatasetVerdict.FailedBefore)]
    [TestCase(TrainingResult.Stopped, DatasetVerdict.Train)]
    [TestCase(null, DatasetVerdict.Train)]
    public void SameContentDoesWhatItsJobLeftToDo(TrainingResult? result, DatasetVerdict verdict) =>
        Assert.That(Decide(Lies(hour: 9), Job("A", hour: 10, result)).Verdict, Is.EqualTo(verdict));

    [Test]
    public void SameContentUnderAnotherNameIsTheSame() =>
        Assert.That(Decide(Comes(hour: 11), Job("A", hour: 10, TrainingResult.Registered)).Verdict, Is.EqualTo(DatasetVerdict.Known));

    [Test]
    public void ChangedSpecAloneTrainsNothing() =>
        Assert.That(Decide(Lies(hour: 9), Job("A", hour: 10, TrainingResult.Registered, spec: "other")).Verdict, Is.EqualTo(DatasetVerdict.Known));

    [Test]
    public void DatasetThatIsBroughtAgainAfterTheSpecChangedIsTrainedOn() =>
        Assert.That(Decide(Comes(hour: 11), Job("A", hour: 10, TrainingResult.Registered, spec: "other")).Verdict, Is.EqualTo(DatasetVerdict.Train));

    [TestCase("other", "commit", "release", false, DatasetVerdict.Train)]
    [TestCase("spec", "other", "release", false, DatasetVerdict.Train)]
    [TestCase("spec", "commit", "other", false, DatasetVerdict.FailedBefore, Description = "A clean commit says all there is to say of the code")]
    [TestCase("spec", "commit", "other", true, DatasetVerdict.Train)]
    public void FailedDatasetIsTriedAgainOnlyWithOtherSpecOrCode(string spec, string commit, string image, bool dirty, DatasetVerdict verdict)
    {
        var failed = Job("A", hour: 10, TrainingResult.Failed, spec, new(commit, dirty), image);

        Assert.That(
            DatasetPolicy.Decide(Lies(9), [failed], Now with { Source = new("commit", dirty) }).Verdict, Is.EqualTo(verdict));
    }

    [TestCase(9, DatasetVerdict.Stale)]
    [TestCase(11, DatasetVerdict.Train)]
    public void WhatLayThereIsStaleWhenANewerDatasetWasTrainedOn(int hour, DatasetVerdict verdict) =>
        Assert.That(Decide(Lies(hour), Job("B", hour: 10, TrainingResult.Refused)).Verdict, Is.EqualTo(verdict));

    [Test]
    public void FailureMakesNothingStale() =>
        Assert.That(Decide(Lies(hour: 9), Job("B", hour: 10, TrainingResult.Failed)).Verdict, Is.EqualTo(DatasetVerdict.Train));

    [Test]
    public void JobThatDiedMakesNothingStale() =>
        Assert.That(Decide(Lies(hour: 9), Job("B", hour: 10, null)).Verdict, Is.EqualTo(DatasetVerdict.Train));

    [Test]
    public void WhatIsSeenToComeIsNewWhateverItsFileTime() =>
        Assert.That(Decide(Comes(hour: 9), Job("B", hour: 10, TrainingResult.Registered)).Verdict, Is.EqualTo(DatasetVerdict.Train));

    [Test]
    public void JobThatDiedIsNotTakenUpBehindANewerOne() =>
        Assert.That(
            Decide(Lies(hour: 8), Job("A", hour: 9, null), Job("B", hour: 10, TrainingResult.Registered)).Verdict, Is.EqualTo(DatasetVerdict.Stale));

    [TestCase(TrainingResult.Registered, DatasetVerdict.Known, Description = "It was brought for that, and would replace it")]
    [TestCase(TrainingResult.Failed, DatasetVerdict.Train)]
    [TestCase(null, DatasetVerdict.Train)]
    public void ImportedModelCountsForItsDatasetIfItWasEvaluated(TrainingResult? result, DatasetVerdict verdict) =>
        Assert.That(Decide(Lies(hour: 9), Imported(Job("A", hour: 10, result))).Verdict, Is.EqualTo(verdict));

    [Test]
    public void TrainTakesADatasetThatOnlyAModelMadeElsewhereFailedOn() =>
        Assert.That(DatasetPolicy.NewestUsable([Stored("A")], [Imported(Job("A", 9, TrainingResult.Failed))], Now).Usable, Is.Not.Null);

    [TestCase(TrainingResult.Registered, true)]
    [TestCase(TrainingResult.Refused, true)]
    [TestCase(TrainingResult.Failed, false)]
    [TestCase(TrainingResult.Stopped, false)]
    [TestCase(null, true, Description = "It is at work")]
    public void JobOnALaterDatasetIsNewerUnlessNothingCameOfIt(TrainingResult? result, bool newer)
    {
        Assert.That(DatasetPolicy.IsNewer(Job("B", hour: 12, result), Midnight.AddHours(10), Midnight.AddHours(9)), Is.EqualTo(newer));
        Assert.That(DatasetPolicy.IsNewer(Job("B", hour: 12, result), Midnight.AddHours(9), Midnight.AddHours(9)), Is.False, "whenever it began");
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

    private static DatasetDecision Decide(DatasetContent dataset, params DatasetJob[] jobs) => DatasetPolicy.Decide(dataset, jobs, Now);

    private static DatasetContent Lies(int hour) => new("A", Midnight.AddHours(hour), SeenToCome: false);

    private static DatasetContent Comes(int hour) => Lies(hour) with { SeenToCome = true };

    private static DatasetJob Imported(DatasetJob job) => job with { Lineage = job.Lineage with { Imported = new("onnx", "golden") } };

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
