using Amazon.CloudWatchLogs;
using Amazon.SageMaker;
using Amazon.SageMaker.Model;
using Slipway.Automation.Jobs;
using Slipway.Automation.SageMaker;
using Slipway.Automation.Tests.Aws;
using Slipway.Registry;
using Slipway.Registry.Lineages;

namespace Slipway.Automation.Tests.SageMaker;

[Category("Sdk")]
public sealed class SageMakerTrainingRunnerTests
{
    private AwsFixture _aws = null!;
    private FakeLogs _logs = null!;
    private List<string> _output = null!;

    [SetUp]
    public async Task SetUp()
    {
        (_aws, _logs, _output) = (new(), new(), []);
        await _aws.Drops("pressure,failed\n1,0\n");
    }

    [Test]
    public async Task PersonSeesWhatTheJobGoesThroughAndWhatItsTrainerPrints()
    {
        var run = await Train(job =>
        {
            _logs.Streams[$"{job}/algo-1-1"] = ["[  0.01 s] Read pumps.csv", "averagePrecision=0.900000;", "[  0.20 s] Done\n"];
            return Completes(job);
        });

        Assert.That((run.Ran, run.Outcome.Result, run.Outcome.Version), Is.EqualTo((true, TrainingResult.Registered, 1)));
        Assert.That(_output, Does.Contain("averagePrecision=0.900000;").And.Contain("[  0.20 s] Done"));
        Assert.That(_output, Has.Some.Contains("Starting: Preparing the instances"));
        Assert.That(_output.Count(line => line.Contains("Read pumps.csv", StringComparison.Ordinal)), Is.EqualTo(1), "lines come once");
    }

    [Test]
    public async Task SameTrainingAgainRunsNothing()
    {
        await Train(Completes);
        var again = await Train(_ => throw new InvalidOperationException("a job"));

        Assert.That((again.Ran, again.Outcome.Version), Is.EqualTo((false, 1)));
    }

    [Test]
    public async Task JobThatTheEventStartedIsFoundAndWaitedFor()
    {
        await _aws.Training.StartAsync((await new DatasetArrived(_aws.Store, _aws.Time, DatasetArrived.HashAtMostOnAws).HandleAsync(Request(), default)).Lineage, default);
        var run = await Train(Completes);

        Assert.That(run.Outcome.Version, Is.EqualTo(1));
        Assert.That(_aws.SageMaker.Jobs, Has.Count.EqualTo(1));
        Assert.That(_output[0], Does.Contain("was started before"));
    }

    [Test]
    public async Task FailedJobSaysWhy()
    {
        var run = await Train(async job =>
        {
            State(job, TrainingJobStatus.Failed, SecondaryStatus.Failed, "AlgorithmError: row 7");
            await _aws.Ends(job, TrainingEnd.Failed("AlgorithmError: row 7"));
        });

        Assert.That((run.Outcome.Result, run.Outcome.Reason), Is.EqualTo((TrainingResult.Failed, "AlgorithmError: row 7")));
        Assert.That(_output, Has.Some.EqualTo("AlgorithmError: row 7"));
    }

    [Test]
    public void JobThatNobodyJudgesNamesLogAndQueue() =>
        Assert.That(
            () => Train(job =>
            {
                State(job, TrainingJobStatus.Completed, SecondaryStatus.Completed);
                return Task.CompletedTask;
            }),
            Throws.TypeOf<VerdictTimeoutException>().With.Message.Contains("/aws/lambda/slipway-training-finished").And.Message.Contains("dead-letters"));

    [Test]
    public void JobThatNeverEndsIsNotWaitedForForEver() =>
        Assert.That(
            () => Train(job =>
            {
                State(job, TrainingJobStatus.InProgress, SecondaryStatus.Training);
                return Task.CompletedTask;
            }),
            Throws.TypeOf<SlipwayException>().With.Message.Contains("did not end within 150 minutes"));

    [Test]
    public async Task InterruptedWaitStopsTheJobThatItStarted()
    {
        using var stop = new CancellationTokenSource();
        Assert.That(() => Train(_ => stop.CancelAsync(), stop.Token), Throws.TypeOf<TrainingInterruptedException>().With.Message.Contains("is being stopped"));

        Assert.That(_aws.SageMaker.Stopped, Is.EqualTo(_aws.SageMaker.Jobs.Keys));
        Assert.That(await _aws.Jobs.OutcomeAsync(_aws.SageMaker.Jobs.Keys.Single(), default), Is.Null);
    }

    [Test]
    public async Task InterruptedWaitLeavesAJobThatSomebodyElseStarted()
    {
        await _aws.Training.StartAsync((await new DatasetArrived(_aws.Store, _aws.Time, DatasetArrived.HashAtMostOnAws).HandleAsync(Request(), default)).Lineage, default);
        using var stop = new CancellationTokenSource();
        Assert.That(() => Train(_ => stop.CancelAsync(), stop.Token), Throws.InstanceOf<OperationCanceledException>());

        Assert.That(_aws.SageMaker.Stopped, Is.Empty);
    }

    [Test]
    public async Task InterruptedWaitForTheOutcomeSaysWhatBecomesOfTheJob()
    {
        using var stop = new CancellationTokenSource();
        var waiting = new LambdaOutcome(_aws.Store, AwsFixture.Environment.Automation, AwsFixture.Environment.Gateway, _aws.Time).HandleAsync("pumps-0123456789ab-a1", TrainingEnd.Completed, "ada", stop.Token);
        await stop.CancelAsync();

        Assert.That(() => waiting, Throws.TypeOf<TrainingInterruptedException>().With.Message.Contains("has ended, and is published if it passes"));
    }

    [Test]
    public async Task ChampionThatMovedMeanwhileIsComparedWithInANewAttempt()
    {
        await Train(Completes);
        await _aws.Drops("pressure,failed\n2,0\n");
        await Train(job => Completes(job, 2));
        await _aws.Drops("pressure,failed\n3,0\n");
        var run = await Train(async job =>
        {
            if (job.EndsWith("-a1", StringComparison.Ordinal))
                await _aws.RollsBack(2, 1);
            await Completes(job, 3);
        });

        Assert.That((run.Outcome.Result, run.Outcome.Version), Is.EqualTo((TrainingResult.Registered, 3)));
        Assert.That(run.Outcome.TrainingJob, Does.EndWith("-a2"));
        Assert.That(_aws.SageMaker.Jobs, Has.Count.EqualTo(4), "person and function share the second attempt");
    }

    [Test]
    public async Task LogThatMayNotBeReadIsSaidOnce()
    {
        _logs.Refusal = new AmazonCloudWatchLogsException("User is not authorized to perform: logs:DescribeLogStreams", null, Amazon.Runtime.ErrorType.Sender, "AccessDeniedException", "r", System.Net.HttpStatusCode.BadRequest);
        var run = await Train(Completes);

        Assert.That(run.Outcome.Version, Is.EqualTo(1));
        Assert.That(_output.Count(line => line.Contains("cannot be followed", StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That(_logs.Asked, Is.EqualTo(1));
    }

    [Test]
    public async Task LogThatIsNotThereYetIsWaitedFor()
    {
        _logs.Refusal = new Amazon.CloudWatchLogs.Model.ResourceNotFoundException("The specified log group does not exist.", null, Amazon.Runtime.ErrorType.Sender, "ResourceNotFoundException", "r", System.Net.HttpStatusCode.BadRequest);
        await Train(Completes);

        Assert.That(_output, Has.None.Contains("cannot be followed"));
        Assert.That(_logs.Asked, Is.GreaterThan(1));
    }

    [TestCase("AccessDeniedException", "User: arn:aws:sts::1:assumed-role/deploy/ada is not authorized to perform: sagemaker:CreateTrainingJob", "has no permission for sagemaker:CreateTrainingJob")]
    [TestCase("ResourceLimitExceeded", "The account-level service limit 'ml.m5.large for spot training job usage' is 0 Instances", "'ml.m5.large for spot training job usage'. AWS: ")]
    [TestCase("ValidationException", "1 validation error detected.", "AWS rejected the request: 1 validation error detected.")]
    [TestCase("ThrottlingException", "Rate exceeded", "throttled"), TestCase("ThrottlingException", "Rate exceeded", "the retries too: Rate exceeded. Try again")]
    [TestCase("ExpiredTokenException", "The security token included in the request is expired", "gain")]
    public void RefusalOfAwsSaysWhatToDo(string code, string message, string expected)
    {
        _aws.SageMaker.Before = operation =>
        {
            if (operation == "CreateTrainingJob")
                throw FakeSageMaker.Refused(code, message);
        };

        Assert.That(() => Train(Completes), Throws.TypeOf<SlipwayException>().With.Message.StartsWith("Could not start training job pumps-").And.Message.Contains(expected));
    }

    private static TrainingRequest Request() => new(
        AwsFixture.Model, AwsFixture.Spec(), StoreKeys.Dataset(AwsFixture.Model, "pumps.csv"), new(new('c', 40), false),
        new(AwsFixture.Image, "X64", new Dictionary<string, string>()), "ada");

    private async Task Completes(string job) => await Completes(job, 1);

    private async Task Completes(string job, byte fill)
    {
        State(job, TrainingJobStatus.Completed, SecondaryStatus.Completed);
        await _aws.Leaves(job, fill);
        await _aws.Completes(job);
    }

    private void State(string job, TrainingJobStatus status, SecondaryStatus secondary, string? failure = null) => _aws.SageMaker.States[job] = new([
        new DescribeTrainingJobResponse
        {
            TrainingJobName = job, TrainingJobStatus = status, SecondaryStatus = secondary, FailureReason = failure,
            SecondaryStatusTransitions = [new() { Status = SecondaryStatus.Starting, StartTime = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), StatusMessage = "Preparing the instances" }],
        }]);

    /// <summary>Time flies while it waits.</summary>
    /// <param name="runs">What happens to each job when it is waited for.</param>
    private async Task<TrainingRun> Train(Func<string, Task> runs, CancellationToken cancellation = default)
    {
        var seen = new HashSet<string>();
        var training = new TrainingLoop(
            new(_aws.Store, _aws.Time, DatasetArrived.HashAtMostOnAws),
            new SageMakerTrainingRunner(_aws.Training, _logs.Client, AwsFixture.Environment.Training, _aws.Time),
            new LambdaOutcome(_aws.Store, AwsFixture.Environment.Automation, AwsFixture.Environment.Gateway, _aws.Time));
        var run = Task.Run(() => training.TrainAsync(Request(), _output.Add, cancellation), CancellationToken.None);
        while (!run.IsCompleted)
        {
            foreach (var job in _aws.SageMaker.JobNames().Where(job => run.IsCompleted is false && seen.Add(job)))
                if (await _aws.Jobs.OutcomeAsync(job, default) is null)
                    await runs(job);
            _aws.Time.Advance(SageMakerWait.PollInterval);
            await Task.WhenAny(run, Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, CancellationToken.None));
        }

        return await run;
    }
}
