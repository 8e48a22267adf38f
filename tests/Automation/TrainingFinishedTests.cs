using Slipway.Automation.Jobs;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.History;
using Slipway.Registry.Lineages;
using Slipway.Registry.Tests.Channels;

namespace Slipway.Automation.Tests;

public sealed class TrainingFinishedTests
{
    private TrainingFixture _fixture = null!;

    [SetUp]
    public async Task SetUp() => _fixture = await TrainingFixture.WithADataset();

    [TearDown]
    public void TearDown() => _fixture.Dispose();

    [Test]
    public async Task PassingCandidateBecomesAVersionOnBothColors()
    {
        var outcome = await _fixture.TrainsSuccessfully();
        var manifest = await _fixture.Versions.GetAsync(TrainingFixture.Model, 1, default);

        Assert.That((outcome.Result, outcome.Version), Is.EqualTo((TrainingResult.Registered, 1)));
        Assert.That(await _fixture.Live(), Is.EqualTo((1, 1)));
        Assert.That(manifest!.Lineage.Dataset.Rows, Is.EqualTo(3));
        Assert.That(manifest.Lineage.Hyperparameters["l2"], Is.EqualTo("0.1"));
        Assert.That(manifest.Lineage.FinishedAt, Is.EqualTo(_fixture.Time.GetUtcNow()));
    }

    [Test]
    public async Task SecondDeliveryOfTheSameEventMovesNothing()
    {
        var job = await _fixture.DatasetArrives();
        await _fixture.TrainerLeaves(job);
        var first = await _fixture.TrainingFinishes(job);
        var second = await _fixture.TrainingFinishes(job);

        Assert.That(second.Version, Is.EqualTo(first.Version));
        Assert.That(await _fixture.VersionNumbers(), Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public async Task HandlerThatDiedBetweenManifestAndOutcomeIsCompleted()
    {
        var job = await _fixture.DatasetArrives();
        await _fixture.TrainerLeaves(job);
        await _fixture.TrainingFinishes(job);
        await _fixture.Store.DeleteAsync(StoreKeys.TrainingOutcome(job.Id));

        var again = await _fixture.TrainingFinishes(job);

        Assert.That((again.Result, again.Version), Is.EqualTo((TrainingResult.Registered, 1)));
        Assert.That(await _fixture.VersionNumbers(), Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public async Task LateCompletionNeverReplacesANewerVersion()
    {
        var first = await _fixture.TrainsSuccessfully(fill: 1);
        await _fixture.PutDataset("pressure,failed\n5,0\n6,1\n");
        await _fixture.TrainsSuccessfully(fill: 2);
        await _fixture.Store.DeleteAsync(StoreKeys.TrainingOutcome(first.TrainingJob));

        var late = await _fixture.TrainingFinishes(first.TrainingJob);

        Assert.That((late.Result, late.Version), Is.EqualTo((TrainingResult.Registered, 1)));
        Assert.That(await _fixture.Live(), Is.EqualTo((2, 2)));
    }

    [Test]
    public async Task LateCompletionDoesNotBringBackWhatWasRolledBack()
    {
        await _fixture.TrainsSuccessfully(fill: 1);
        await _fixture.PutDataset("pressure,failed\n5,0\n6,1\n");
        var second = await _fixture.TrainsSuccessfully(fill: 2);
        await _fixture.RollsBack(from: 2, to: 1);
        await _fixture.Store.DeleteAsync(StoreKeys.TrainingOutcome(second.TrainingJob));

        var late = await _fixture.TrainingFinishes(second.TrainingJob);

        Assert.That((late.Result, late.Version), Is.EqualTo((TrainingResult.Registered, 2)));
        Assert.That(await _fixture.Live(), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task RefusedCandidateLeavesEverythingAsItWas()
    {
        var job = await _fixture.DatasetArrives();
        await _fixture.TrainerLeaves(job, averagePrecision: 0.79);
        var outcome = await _fixture.TrainingFinishes(job);

        Assert.That(outcome.Result, Is.EqualTo(TrainingResult.Refused));
        Assert.That(outcome.Gates!.Verdicts.Single(verdict => !verdict.Passed).Rule, Does.Contain("averagePrecision"));
        Assert.That(await _fixture.VersionNumbers(), Is.Empty);
        Assert.That(await _fixture.Live(), Is.EqualTo(((int?)null, (int?)null)));
    }

    [Test]
    public async Task FailedJobKeepsItsReason()
    {
        var outcome = await _fixture.TrainingFinishes(await _fixture.DatasetArrives(), failure: "row 7: 'x' is not a number");

        Assert.That((outcome.Result, outcome.Reason), Is.EqualTo((TrainingResult.Failed, "row 7: 'x' is not a number")));
    }

    [Test]
    public async Task JobWithoutAnArtifactHasFailed()
    {
        var outcome = await _fixture.TrainingFinishes(await _fixture.DatasetArrives());

        Assert.That(outcome.Result, Is.EqualTo(TrainingResult.Failed));
        Assert.That(outcome.Reason, Does.Contain("model.tar.gz"));
    }

    [TestCase(ArtifactFiles.Onnx, "contains no model.onnx")]
    [TestCase(ArtifactFiles.Schema, "contains no schema.json")]
    [TestCase(ArtifactFiles.Training, "contains no training.json")]
    public async Task IncompleteArtifactHasFailed(string missing, string reason)
    {
        var job = await _fixture.DatasetArrives();
        await _fixture.TrainerLeaves(job, spoil: folder => File.Delete(Path.Combine(folder, missing)));
        var outcome = await _fixture.TrainingFinishes(job);

        Assert.That((outcome.Result, outcome.Reason), Is.EqualTo((TrainingResult.Failed, $"The archive {reason}.")));
    }

    [TestCase(ArtifactFiles.Spec, "{}", "the job was given")]
    [TestCase(ArtifactFiles.Schema, "{ \"task\": 7 }", "schema.json in the archive cannot be read")]
    public async Task ArtifactOfAnotherJobHasFailed(string file, string content, string reason)
    {
        var job = await _fixture.DatasetArrives();
        await _fixture.TrainerLeaves(job, spoil: folder => File.WriteAllText(Path.Combine(folder, file), content));
        var outcome = await _fixture.TrainingFinishes(job);

        Assert.That(outcome.Result, Is.EqualTo(TrainingResult.Failed));
        Assert.That(outcome.Reason, Does.Contain(reason));
    }

    [Test]
    public async Task ModelThatWasExchangedAfterTrainingHasFailed()
    {
        var job = await _fixture.DatasetArrives();
        await _fixture.TrainerLeaves(job, spoil: folder => File.WriteAllBytes(Path.Combine(folder, ArtifactFiles.Onnx), [0x08, 0x08]));
        var outcome = await _fixture.TrainingFinishes(job);

        Assert.That(outcome.Result, Is.EqualTo(TrainingResult.Failed));
        Assert.That(await _fixture.VersionNumbers(), Is.Empty);
    }

    [Test]
    public async Task CandidateThatWasComparedWithAnotherChampionIsComparedAgain()
    {
        var early = await _fixture.DatasetArrives();
        await _fixture.TrainerLeaves(early, fill: 1);
        await _fixture.PutDataset("pressure,failed\n5,0\n6,1\n");
        await _fixture.TrainsSuccessfully(fill: 2);

        var outcome = await _fixture.TrainingFinishes(early);
        Assert.That(outcome.Result, Is.EqualTo(TrainingResult.Stopped));
        Assert.That(outcome.Reason, Does.Contain("from none to version 1"));

        await _fixture.PutDataset("pressure,failed\n1,0\n2,1\n3,0\n");
        var again = await _fixture.DatasetArrives();
        Assert.That((again.IsNew, again.Lineage.Parent), Is.EqualTo((true, 1)));
    }

    [Test]
    public async Task ModelThatWasRolledBackIsNotPublishedAgainFromOtherInputs()
    {
        await _fixture.TrainsSuccessfully(fill: 1);
        await _fixture.PutDataset("pressure,failed\n5,0\n6,1\n");
        var bad = await _fixture.TrainsSuccessfully(fill: 2);
        await _fixture.RollsBack(from: bad.Version!.Value, to: 1);

        await _fixture.PutDataset("pressure,failed\n5,0\n6,1\n7,0\n");
        var outcome = await _fixture.TrainsSuccessfully(fill: 2);

        Assert.That(outcome.Result, Is.EqualTo(TrainingResult.Refused));
        Assert.That(outcome.Reason, Does.Contain("rolled back before"));
        Assert.That(await _fixture.Live(), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task SameDatasetAgainAfterARollbackMovesNothing()
    {
        var bad = await PublishTwoAndRollBack();

        var job = await _fixture.DatasetArrives();
        var outcome = await _fixture.TrainingFinishes(job);

        Assert.That((job.IsNew, outcome.TrainingJob, outcome.Version), Is.EqualTo((false, bad.TrainingJob, bad.Version)));
        Assert.That(await _fixture.Live(), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task RetrainingThatGivesTheSameBytesAsARolledBackVersionIsRefused()
    {
        var bad = await PublishTwoAndRollBack();
        _fixture.Commit = new('d', 40);

        var outcome = await _fixture.TrainsSuccessfully(fill: 2);

        Assert.That(outcome.TrainingJob, Is.Not.EqualTo(bad.TrainingJob));
        Assert.That(outcome.Result, Is.EqualTo(TrainingResult.Refused));
        Assert.That(await _fixture.VersionNumbers(), Is.EqualTo(new[] { 1, 2 }));
        Assert.That(await _fixture.Live(), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task RollbackThatDiedBeforeTheChannelsMovedCountsAllTheSame()
    {
        await _fixture.TrainsSuccessfully(fill: 1);
        await _fixture.PutDataset("pressure,failed\n5,0\n6,1\n");
        var bad = await _fixture.TrainsSuccessfully(fill: 2);
        await _fixture.PutDataset("pressure,failed\n5,0\n6,1\n7,0\n");
        await _fixture.TrainsSuccessfully(fill: 3);
        await _fixture.RollbackDies(from: bad.Version!.Value, to: 1);

        await _fixture.PutDataset("pressure,failed\n5,0\n6,1\n8,0\n");
        Assert.That((await _fixture.TrainsSuccessfully(fill: 2)).Result, Is.EqualTo(TrainingResult.Refused));
        Assert.That(await _fixture.Live(), Is.EqualTo((3, 3)));
    }

    [Test]
    public async Task RetrainingThatGivesOtherBytesIsPublishedAfterARollback()
    {
        await PublishTwoAndRollBack();
        _fixture.Commit = new('d', 40);

        Assert.That((await _fixture.TrainsSuccessfully(fill: 3)).Result, Is.EqualTo(TrainingResult.Registered));
        Assert.That(await _fixture.Live(), Is.EqualTo((3, 3)));
    }

    [Test]
    public async Task PersonRepublishesWhatWasRolledBackAndAutomationDoesNot()
    {
        var bad = await PublishTwoAndRollBack();
        await _fixture.InsistsOn(bad.Version!.Value);
        Assert.That(await _fixture.Live(), Is.EqualTo((2, 2)));

        await _fixture.RollsBack(from: 2, to: 1);
        _fixture.Commit = new('d', 40);
        Assert.That((await _fixture.TrainsSuccessfully(fill: 2)).Result, Is.EqualTo(TrainingResult.Refused));
        Assert.That(await _fixture.Live(), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task OfTwoJobsThatEndTogetherOneIsPublishedAndTheOtherComparedAgain([Range(1, 5)] int round)
    {
        _ = round;
        await _fixture.TrainsSuccessfully(fill: 1);
        var jobs = await TwoJobsAsync();

        var outcomes = await Task.WhenAll(jobs.Select(job => Task.Run(() => _fixture.TrainingFinishes(job))));

        var published = outcomes.Single(outcome => outcome.Result == TrainingResult.Registered);
        var again = outcomes.Single(outcome => outcome.Result == TrainingResult.Stopped);
        Assert.That(await _fixture.Live(), Is.EqualTo((published.Version, published.Version)));
        Assert.That(again.Reason, Does.Contain($"from version 1 to version {published.Version}").And.Contain("compared again"));
        Assert.That(again.Version, Is.Null, "a version that was never compared is not used");
        Assert.That(await new ModelHistory(_fixture.Store).VerifyAsync(TrainingFixture.Model, default), Is.Empty);
    }

    [TestCase("models/pumps/signatures/", TestName = "JobThatPublishedBetweenVerdictAndManifestCounts")]
    [TestCase("models/pumps/versions/", TestName = "JobThatPublishedBeforeTheManifestCounts")]
    [TestCase("models/pumps/history/", TestName = "JobThatPublishedBeforeTheEntryCounts")]
    public async Task FasterJobWins(string before)
    {
        await _fixture.TrainsSuccessfully(fill: 1);
        var jobs = await TwoJobsAsync();
        TrainingOutcome? faster = null;
        var slow = ScriptedStore.BeforePutting(_fixture.Store, before, async () => faster = await _fixture.TrainingFinishes(jobs[0]));

        var outcome = await new TrainingFinished(slow, TrainingFixture.Signer, _fixture.Time).HandleAsync(jobs[1].Id, TrainingEnd.Completed, "tester", default);

        Assert.That((faster!.Result, outcome.Result), Is.EqualTo((TrainingResult.Registered, TrainingResult.Stopped)));
        Assert.That(await _fixture.Live(), Is.EqualTo((faster.Version, faster.Version)));
    }

    [TestCase("models/pumps/versions/", TestName = "RollbackBetweenVerdictAndManifestStands")]
    [TestCase("models/pumps/history/", TestName = "RollbackBeforeTheEntryStands")]
    public async Task RollbackOfAPersonStands(string before)
    {
        await _fixture.TrainsSuccessfully(fill: 1);
        await _fixture.PutDataset("pressure,failed\n5,0\n6,1\n");
        await _fixture.TrainsSuccessfully(fill: 2);
        await _fixture.PutDataset("pressure,failed\n7,0\n8,1\n");
        var job = await _fixture.DatasetArrives();
        await _fixture.TrainerLeaves(job, fill: 3);
        var store = ScriptedStore.BeforePutting(_fixture.Store, before, () => _fixture.RollsBack(from: 2, to: 1));

        var outcome = await new TrainingFinished(store, TrainingFixture.Signer, _fixture.Time).HandleAsync(job.Id, TrainingEnd.Completed, "tester", default);

        Assert.That((outcome.Result, outcome.Version), Is.EqualTo((TrainingResult.Stopped, (int?)null)));
        Assert.That(outcome.Reason, Does.Contain("from version 2 to version 1"));
        Assert.That(await _fixture.Live(), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task HandlerThatDiedBeforeItPublishedDoesNotOverruleARollback()
    {
        await _fixture.TrainsSuccessfully(fill: 1);
        await _fixture.PutDataset("pressure,failed\n5,0\n6,1\n");
        await _fixture.TrainsSuccessfully(fill: 2);
        await _fixture.PutDataset("pressure,failed\n7,0\n8,1\n");
        var job = await _fixture.DatasetArrives();
        await _fixture.TrainerLeaves(job, fill: 3);
        var dying = ScriptedStore.BeforePutting(_fixture.Store, "models/pumps/history/", () => throw new CrashedException());
        Assert.That(() => new TrainingFinished(dying, TrainingFixture.Signer, _fixture.Time).HandleAsync(job.Id, TrainingEnd.Completed, "tester", default), Throws.TypeOf<CrashedException>());
        Assert.That(await _fixture.VersionNumbers(), Is.EqualTo(new[] { 1, 2, 3 }), "it is registered");
        await _fixture.RollsBack(from: 2, to: 1);

        var outcome = await _fixture.TrainingFinishes(job);

        Assert.That(outcome.Result, Is.EqualTo(TrainingResult.Stopped));
        Assert.That(await _fixture.Live(), Is.EqualTo((1, 1)), "it was compared with the version that has just been rolled back");
    }

    [Test]
    public async Task HandlerThatDiedBeforeItPublishedIsCompletedWhereNothingMoved()
    {
        await _fixture.TrainsSuccessfully(fill: 1);
        await _fixture.PutDataset("pressure,failed\n5,0\n6,1\n");
        var job = await _fixture.DatasetArrives();
        await _fixture.TrainerLeaves(job, fill: 2);
        var dying = ScriptedStore.BeforePutting(_fixture.Store, "models/pumps/history/", () => throw new CrashedException());
        Assert.That(() => new TrainingFinished(dying, TrainingFixture.Signer, _fixture.Time).HandleAsync(job.Id, TrainingEnd.Completed, "tester", default), Throws.TypeOf<CrashedException>());

        var outcome = await _fixture.TrainingFinishes(job);

        Assert.That((outcome.Result, outcome.Version), Is.EqualTo((TrainingResult.Registered, 2)));
        Assert.That(await _fixture.Live(), Is.EqualTo((2, 2)));
    }

    private async Task<ClaimedJob[]> TwoJobsAsync()
    {
        var jobs = new List<ClaimedJob>();
        foreach (var (csv, fill) in new (string, byte)[] { ("pressure,failed\n5,0\n6,1\n", 2), ("pressure,failed\n7,0\n8,1\n", 3) })
        {
            await _fixture.PutDataset(csv);
            jobs.Add(await _fixture.DatasetArrives());
            await _fixture.TrainerLeaves(jobs[^1], fill: fill);
        }

        return [.. jobs];
    }

    private async Task<TrainingOutcome> PublishTwoAndRollBack()
    {
        await _fixture.TrainsSuccessfully(fill: 1);
        await _fixture.PutDataset("pressure,failed\n5,0\n6,1\n");
        var bad = await _fixture.TrainsSuccessfully(fill: 2);
        await _fixture.RollsBack(from: bad.Version!.Value, to: 1);
        return bad;
    }

    [Test]
    public async Task ArtifactCarriesItsLineageAsTags()
    {
        var outcome = await _fixture.TrainsSuccessfully();
        var tags = await _fixture.Store.GetTagsAsync(StoreKeys.TrainingArtifact(outcome.TrainingJob));

        Assert.That(tags["slipway:commit"], Is.EqualTo(new string('c', 40)));
        Assert.That(tags["slipway:metrics"], Is.EqualTo("averagePrecision=0.9"));
        Assert.That(tags["slipway:hyperparameters"], Is.EqualTo("l2=0.1"));
    }
}
