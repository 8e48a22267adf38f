using Slipway.Automation.Jobs;
using Slipway.Automation.Local;
using Slipway.Registry;
using Slipway.Registry.Lineages;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Tests;

public sealed class TrainingLoopTests
{
    private TrainingFixture _fixture = null!;

    [SetUp]
    public async Task SetUp() => _fixture = await TrainingFixture.WithADataset();

    [TearDown]
    public void TearDown() => _fixture.Dispose();

    [Test]
    public async Task SecondTrainingOfTheSameRunsNothing()
    {
        var runner = Runner(job => _fixture.TrainerLeaves(job));
        var first = await Train(runner);
        var second = await Train(runner);

        Assert.That((first.Ran, second.Ran, runner.Runs), Is.EqualTo((true, false, 1)));
        Assert.That(second.Outcome.Version, Is.EqualTo(first.Outcome.Version));
    }

    [Test]
    public async Task StoppedJobIsRunAgainAsTheSameAttempt()
    {
        using var stop = new CancellationTokenSource();
        var job = await _fixture.DatasetArrives();
        var runner = Runner(async _ =>
        {
            await stop.CancelAsync();
            stop.Token.ThrowIfCancellationRequested();
        });
        Assert.That(() => Train(runner, stop.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await _fixture.Jobs.OutcomeAsync(job.Id, default), Is.Null);

        var again = await Train(Runner(job => _fixture.TrainerLeaves(job)));
        Assert.That((again.Outcome.TrainingJob, again.Outcome.Version), Is.EqualTo((job.Id, 1)));
    }

    [Test]
    public async Task ChampionThatMovedMeanwhileIsComparedWithInANewAttempt()
    {
        var other = await _fixture.TrainsSuccessfully(fill: 1);
        await _fixture.PutDataset("pressure,failed\n5,0\n6,1\n");
        await _fixture.TrainsSuccessfully(fill: 2);
        await _fixture.PutDataset("pressure,failed\n7,0\n8,1\n");
        // a rollback while the first attempt is running
        var runner = Runner(async job =>
        {
            await _fixture.TrainerLeaves(job, fill: 3);
            if (job.Id.EndsWith("-a1", StringComparison.Ordinal))
                await _fixture.RollsBack(from: 2, to: other.Version!.Value);
        });
        var result = await Train(runner);

        Assert.That((runner.Runs, result.Outcome.Result), Is.EqualTo((2, TrainingResult.Registered)));
        Assert.That(result.Outcome.TrainingJob, Does.EndWith("-a2"));
    }

    [Test]
    public async Task ChampionThatNeverRestsEndsTheJobAsStopped()
    {
        await _fixture.TrainsSuccessfully(fill: 1);
        await _fixture.PutDataset("pressure,failed\n5,0\n6,1\n");
        await _fixture.TrainsSuccessfully(fill: 2);
        await _fixture.PutDataset("pressure,failed\n7,0\n8,1\n");
        var live = 2;
        var runner = Runner(async job =>
        {
            await _fixture.TrainerLeaves(job, fill: 3);
            var from = live;
            live = 3 - live;
            await _fixture.RollsBack(from, live);
        });
        var result = await Train(runner);

        Assert.That((runner.Runs, result.Outcome.Result), Is.EqualTo((3, TrainingResult.Stopped)));
    }

    [Test]
    public async Task AttemptThatSomebodyElseFinishedMeanwhileIsNoTrainingThatRanNothing()
    {
        await _fixture.TrainsSuccessfully(fill: 1);
        await _fixture.PutDataset("pressure,failed\n5,0\n6,1\n");
        await _fixture.TrainsSuccessfully(fill: 2);
        await _fixture.PutDataset("pressure,failed\n7,0\n8,1\n");
        var runner = Runner(async job =>
        {
            await _fixture.TrainerLeaves(job, fill: 3);
            await _fixture.RollsBack(from: 2, to: 1);
            // the second attempt of the same inputs is there before its time
            var second = await _fixture.Jobs.ClaimAsync(job.Id[..^1], id => job.Lineage with { TrainingJob = id }, default);
            Assert.That(second.Outcome, Is.Null, "the first is at work");
            await _fixture.Store.WriteAsync(
                StoreKeys.TrainingLineage($"{job.Id[..^1]}2"), job.Lineage with { TrainingJob = $"{job.Id[..^1]}2" }, RegistryJson.Default.Lineage, PutCondition.Absent);
            await _fixture.Jobs.EndAsync(new($"{job.Id[..^1]}2", TrainingResult.Refused, "It was judged.", null, null, default), default);
        });

        var result = await Train(runner);

        Assert.That((result.Ran, runner.Runs, result.Outcome.Result), Is.EqualTo((true, 1, TrainingResult.Refused)));
    }

    [Test]
    public async Task JobThatWasEndedFromOutsideIsNotRunAgain()
    {
        var runner = new ScriptedRunner(_ => Task.CompletedTask, TrainingEnd.Stopped("The spot capacity was taken away."));
        var result = await Train(runner);

        Assert.That((result.Ran, runner.Runs, result.Outcome.Result), Is.EqualTo((true, 1, TrainingResult.Stopped)));
    }

    private static ScriptedRunner Runner(Func<ClaimedJob, Task> train) => new(train, TrainingEnd.Completed);

    private Task<TrainingRun> Train(ITrainingRunner runner, CancellationToken cancellation = default) =>
        LocalTraining.Loop(_fixture.Store, runner, TrainingFixture.Signer, _fixture.Time).TrainAsync(
            _fixture.Request(TrainingFixture.Model, _fixture.DatasetKey), _ => { }, cancellation);

    private sealed class ScriptedRunner(Func<ClaimedJob, Task> train, TrainingEnd end) : ITrainingRunner
    {
        public int Runs { get; private set; }

        public async Task<TrainingEnd> RunAsync(ClaimedJob job, Action<string> output, CancellationToken cancellation)
        {
            Runs++;
            await train(job);
            return end;
        }
    }
}
