using Slipway.Automation.Jobs;
using Slipway.Automation.Rollouts;
using Slipway.Automation.SageMaker;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.History;
using Slipway.Registry.Lineages;
using Slipway.Registry.Replicas;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Storage;
using Slipway.Registry.Traffic;

namespace Slipway.Automation.Tests.Aws;

/// <summary>A model with <c>"delivery": "rollout"</c> on AWS, from the end of its training job to both channels.</summary>
[Category("Sdk")]
public sealed class AwsRolloutTests
{
    private const string Nothing = "No rollout of a version has anything left to do";

    private AwsFixture _aws = null!;

    [SetUp]
    public async Task PublishTheFirst()
    {
        _aws = new() { Plan = RolloutSettings.Default };
        await _aws.Deploys(spec: AwsFixture.Spec(delivery: "rollout"));
        await _aws.Traffic.RequestAsync(Color.Blue, TrafficAction.Deploy, "release-1", "ann", "first", default);
        await _aws.Trains("pressure,failed\n1,0\n", 1);
        await _aws.GatewayReaches(TrafficPhase.Promoted);
    }

    [Test]
    public async Task FirstVersionGoesToBothColors()
    {
        Assert.That(await _aws.Live(), Is.EqualTo((1, 1)));
        Assert.That((await _aws.Traffic.ReadAsync(default))!.Plan, Is.Null);
    }

    [Test]
    public async Task NextVersionIsRequestedOnceHoweverOftenItsEndIsTold()
    {
        var job = await _aws.Trains("pressure,failed\n2,0\n", 2);
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => _aws.Completes(job))));

        Assert.That(await _aws.Live(), Is.EqualTo((1, 2)));
        var asked = (await _aws.Traffic.ReadAsync(default))!;
        Assert.That((asked.Revision, asked.Color, asked.By, asked.Plan!.Id, asked.Plan.Version), Is.EqualTo((2, Color.Green, "automation", "r2", 2)));
        Assert.That(asked.Plan.Steps, Is.EqualTo(RolloutSettings.Default.Steps));
    }

    [Test]
    public async Task EnvironmentThatMovesTrafficAtOnceSwaps()
    {
        _aws.Plan = null;
        await _aws.Trains("pressure,failed\n2,0\n", 2);

        Assert.That(await _aws.Live(), Is.EqualTo((2, 2)));
    }

    [TestCase("versions/"), TestCase("history/"), TestCase("channels/green"), TestCase("desired.json"), TestCase("outcome.json")]
    public async Task FunctionThatDiedBeforeTheRolloutIsCompletedByTheNextDelivery(string at)
    {
        var job = await _aws.Begins("pressure,failed\n2,0\n", 2);
        DiesAt(at);
        Assert.That(() => _aws.Completes(job), Throws.TypeOf<IOException>());

        Lives();
        await _aws.Completes(job);
        Assert.That(await _aws.Live(), Is.EqualTo((1, 2)));
        Assert.That((await _aws.Traffic.ReadAsync(default))!.Plan!.Id, Is.EqualTo("r2"));
        Assert.That(_aws.SageMaker.Packages, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task OtherChannelFollowsAPromotionAndTheTrafficBeforeIsRequestedAgain()
    {
        await RollsOut(TrafficPhase.Promoted);

        Assert.That((await _aws.Looks()).Text, Is.EqualTo("Both colors serve 'pumps' version 2."));
        Assert.That(await _aws.Live(), Is.EqualTo((2, 2)));
        var asked = (await _aws.Traffic.ReadAsync(default))!;
        Assert.That((asked.Revision, asked.Color, asked.Release, asked.Plan), Is.EqualTo((3, Color.Blue, "release-1", (RolloutPlan?)null)));
    }

    [Test]
    public async Task VersionThatWasTakenBackIsBlockedByASignedEntry()
    {
        await RollsOut(TrafficPhase.RolledBack);

        Assert.That((await _aws.Looks()).Text, Does.StartWith("'pumps' is back on version 1. Version 2 is blocked"));
        Assert.That(await _aws.Live(), Is.EqualTo((1, 1)));
        var last = (await _aws.Channels.SnapshotAsync(AwsFixture.Model, default)).Last!;
        Assert.That((last.Action, last.By, last.Reason), Is.EqualTo((HistoryAction.Rollback, "rollout r2", "because")));
        Assert.That(last.Blocked, Is.EqualTo(new[] { (await _aws.Versions.GetAsync(AwsFixture.Model, 2, default))!.Artifact.OnnxSha256 }));
        Assert.That((await new ModelAudit(_aws.Store, AwsFixture.Environment.Signing.ToPolicy()).RunAsync(AwsFixture.Model, default)).Problems, Is.Empty);
    }

    [TestCase(TrafficPhase.Promoted), TestCase(TrafficPhase.RolledBack)]
    public async Task SameEndTenTimesAtOnceMovesOnce(TrafficPhase phase)
    {
        await RollsOut(phase);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => _aws.Looks())));

        Assert.That(await HistoryAsync(), Has.Count.EqualTo(3));
        Assert.That(await _aws.Live(), Is.EqualTo(phase == TrafficPhase.Promoted ? (2, 2) : (1, 1)));
        Assert.That(await new ModelHistory(_aws.Store).VerifyAsync(AwsFixture.Model, default), Is.Empty);
        Assert.That((await _aws.Looks()).Text, Does.StartWith(Nothing));
    }

    [TestCase(TrafficPhase.Preparing), TestCase(TrafficPhase.Progressing), TestCase(TrafficPhase.Halted)]
    public async Task EventThatComesBeforeAnybodyHasDecidedMovesNothing(TrafficPhase phase)
    {
        await RollsOut(phase);

        Assert.That((await _aws.Looks()).Text, Does.StartWith(Nothing));
        Assert.That(await _aws.Live(), Is.EqualTo((1, 2)));
    }

    [Test]
    public async Task EndThatIsToldLateMovesNothingOfTheNextRollout()
    {
        await RollsOut(TrafficPhase.RolledBack);
        await _aws.Looks();
        await _aws.Trains("pressure,failed\n3,0\n", 3);
        await _aws.GatewayReaches(TrafficPhase.Progressing);

        Assert.That((await _aws.Looks()).Text, Does.StartWith(Nothing));
        Assert.That(await _aws.Live(), Is.EqualTo((1, 3)));
    }

    [TestCase(TrafficPhase.Promoted, "history/"), TestCase(TrafficPhase.Promoted, "channels/blue"), TestCase(TrafficPhase.Promoted, "catalog/"), TestCase(TrafficPhase.Promoted, "desired.json")]
    [TestCase(TrafficPhase.RolledBack, "history/"), TestCase(TrafficPhase.RolledBack, "channels/green"), TestCase(TrafficPhase.RolledBack, "catalog/")]
    public async Task FunctionThatDiedAfterTheRolloutIsCompletedByTheNextLook(TrafficPhase phase, string at)
    {
        await RollsOut(phase);
        DiesAt(at);
        Assert.That(() => _aws.Looks(), Throws.TypeOf<IOException>());

        Lives();
        await _aws.Looks();
        Assert.That(await _aws.Live(), Is.EqualTo(phase == TrafficPhase.Promoted ? (2, 2) : (1, 1)));
        Assert.That((await _aws.Traffic.ReadAsync(default))!.Plan?.Id, Is.EqualTo(phase == TrafficPhase.Promoted ? null : "r2"));
    }

    [TestCase(TrafficPhase.Promoted, 3, "registered, version 3"), TestCase(TrafficPhase.RolledBack, 1, "-a2 repeats the comparison")]
    public async Task NextRolloutDoesNotMakeAnybodyForgetTheOneBefore(TrafficPhase phase, int green, string then)
    {
        await RollsOut(phase);
        var job = await _aws.Trains("pressure,failed\n3,0\n", 3);
        Assert.That(await _aws.Jobs.OutcomeAsync(job, default), Is.Null);

        Assert.That((await _aws.Looks()).Text, Does.Contain(then));
        Assert.That((await HistoryAsync())[2].By, Is.EqualTo("rollout r2"));
        Assert.That((await _aws.Live()).Green, Is.EqualTo(green));
    }

    [Test]
    public async Task RequestsReturnOnlyWhenEveryServerServesTheVersion()
    {
        await RollsOut(TrafficPhase.Promoted);
        await HeartbeatAsync("gone", 1);
        _aws.Time.Advance(TimeSpan.FromMinutes(1));
        await HeartbeatAsync("blue-1", 1);
        var looking = _aws.Looks();
        await _aws.Passes(until: () => looking.IsCompleted);
        Assert.That(() => looking, Throws.TypeOf<SlipwayException>().With.Message.Contains("blue-1 serves version 1").And.Message.Not.Contains("gone"));
        Assert.That((await _aws.Traffic.ReadAsync(default))!.Plan, Is.Not.Null);

        await HeartbeatAsync("blue-1", 2);
        Assert.That((await _aws.Looks()).Text, Is.EqualTo("Both colors serve 'pumps' version 2."));
    }

    [Test]
    public async Task ColorsAreAsLargeAsTheLiveOneUntilTheRolloutHasEnded()
    {
        foreach (var number in Enumerable.Range(1, 3))
            await HeartbeatAsync($"blue-{number}", 1);
        await RollsOut(TrafficPhase.RolledBack);

        Assert.That((await _aws.Traffic.ReadAsync(default))!.Plan!.Servers, Is.EqualTo(3));
        Assert.That(_aws.Scaling.Least, Is.EqualTo(new Dictionary<string, int?> { ["service/slipway/blue"] = 3, ["service/slipway/green"] = 3 }));
        await _aws.Looks();
        Assert.That(_aws.Scaling.Least["service/slipway/blue"], Is.EqualTo(AwsFixture.Environment.Fleet.Capacity));
        Assert.That(_aws.Scaling.Later, Is.EqualTo(new Dictionary<string, int?> { ["service/slipway/green"] = AwsFixture.Environment.Fleet.IdleMinimum }));
    }

    [Test]
    public async Task CandidateOfFewServersIsAsLargeAsAColorWithTrafficIsMeantToBe()
    {
        await RollsOut(TrafficPhase.Progressing);

        Assert.That((await _aws.Traffic.ReadAsync(default))!.Plan!.Servers, Is.EqualTo(AwsFixture.Environment.Fleet.Capacity));
    }

    [Test]
    public async Task CapacityThatCouldNotBeReleasedIsReleasedByTheNextLook()
    {
        await RollsOut(TrafficPhase.Promoted);
        _aws.Scaling.Before = operation =>
        {
            if (operation == "PutScheduledAction")
                throw new IOException("Application Auto Scaling is away");
        };
        Assert.That(() => _aws.Looks(), Throws.TypeOf<SlipwayException>());

        _aws.Scaling.Before = _ => { };
        await _aws.Looks();
        Assert.That(_aws.Scaling.Later, Has.Count.EqualTo(1));
        Assert.That(await _aws.Live(), Is.EqualTo((2, 2)));
    }

    [Test]
    public async Task JobThatEndsDuringARolloutWaitsForItsTurn()
    {
        await RollsOut(TrafficPhase.Progressing);
        var job = await _aws.Begins("pressure,failed\n3,0\n", 3);
        var answer = await _aws.Completes(job);
        await _aws.Completes(job);

        Assert.That(answer, Is.EqualTo(EventResponse.Done(answer.Text)));
        Assert.That(answer.Text, Does.Contain("waits for its turn. Rollout r2 of 'pumps' version 2 to green"));
        Assert.That(await _aws.Jobs.OutcomeAsync(job, default), Is.Null);
        Assert.That((await _aws.Waiting.ListAsync(default)).Select(waits => waits.TrainingJob), Is.EqualTo(new[] { job }));
        Assert.That((await _aws.Looks()).Text, Does.StartWith(Nothing));

        await _aws.GatewayReaches(TrafficPhase.Promoted);
        Assert.That((await _aws.Looks()).Text, Does.Contain("Both colors serve 'pumps' version 2.").And.Contain($"{job} ended as registered, version 3"));
        Assert.That(await _aws.Live(), Is.EqualTo((2, 3)));
        Assert.That(await _aws.Waiting.ListAsync(default), Is.Empty);
        Assert.That((await _aws.Traffic.ReadAsync(default))!.Plan!.Id, Is.EqualTo("r4"));
    }

    [Test]
    public async Task CommandThatWaitsForAJobSaysThatTheJobWaitsForItsTurn()
    {
        await RollsOut(TrafficPhase.Progressing);
        var job = await _aws.Begins("pressure,failed\n3,0\n", 3);
        await _aws.Completes(job);
        var waiting = new LambdaOutcome(_aws.Store, AwsFixture.Environment.Automation, AwsFixture.Environment.Gateway, _aws.Time);

        Assert.That(
            () => waiting.HandleAsync(job, TrainingEnd.Completed, "ada", default),
            Throws.TypeOf<RolloutPostponedException>().With.Message.Contains($"Training job {job} has completed").And.Message.Contains("Rollout r2 of 'pumps' version 2"));
    }

    [Test]
    public async Task FunctionThatDiedWhileItTookUpAJobIsCompletedByTheNextLook()
    {
        await RollsOut(TrafficPhase.Progressing);
        var job = await _aws.Begins("pressure,failed\n3,0\n", 3);
        await _aws.Completes(job);
        await _aws.GatewayReaches(TrafficPhase.Promoted);
        _aws.Store.Before = (operation, key) =>
        {
            if (operation == "Delete" && key.Contains("/waiting/", StringComparison.Ordinal))
                throw new IOException("the function crashes");
        };
        Assert.That(() => _aws.Looks(), Throws.TypeOf<IOException>());

        Lives();
        await _aws.Looks();
        Assert.That(await _aws.Waiting.ListAsync(default), Is.Empty);
        Assert.That(await _aws.VersionsAsync(), Is.EqualTo(new[] { 1, 2, 3 }));
    }

    [Test]
    public async Task JobWhoseChampionWasTakenBackWhileItWaitedIsComparedAgain()
    {
        await RollsOut(TrafficPhase.Progressing);
        var job = await _aws.Begins("pressure,failed\n3,0\n", 3);
        await _aws.Completes(job);
        await _aws.GatewayReaches(TrafficPhase.RolledBack);

        Assert.That((await _aws.Looks()).Text, Does.Contain("-a2 repeats the comparison"));
        Assert.That((await _aws.Jobs.OutcomeAsync(job, default))!.Result, Is.EqualTo(TrainingResult.Stopped));
        Assert.That(await _aws.Waiting.ListAsync(default), Is.Empty);
    }

    [Test]
    public async Task JobThatFailsKeepsNoOtherFromItsTurn()
    {
        var job = await _aws.Begins("pressure,failed\n2,0\n", 2);
        await _aws.Waiting.AddAsync("pumps-0123456789ab-a1", "because", default);
        _aws.Time.Advance(TimeSpan.FromSeconds(1));
        await _aws.Waiting.AddAsync(job, "because", default);
        await _aws.Store.WriteAsync(
            StoreKeys.TrainingLineage("pumps-0123456789ab-a1"), (await _aws.Jobs.LineageAsync(job, default)) with { TrainingJob = "pumps-0123456789ab-a1" },
            RegistryJson.Default.Lineage, PutCondition.None);
        _aws.SageMaker.Before = operation =>
        {
            if (operation == "DescribeTrainingJob")
            {
                _aws.SageMaker.Before = _ => { };
                throw new IOException("SageMaker is away");
            }
        };

        Assert.That(() => _aws.Looks(), Throws.TypeOf<SlipwayException>());
        Assert.That((await _aws.Waiting.ListAsync(default)).Select(waits => waits.TrainingJob), Is.EqualTo(new[] { "pumps-0123456789ab-a1" }));
        Assert.That(await _aws.Live(), Is.EqualTo((1, 2)));
    }

    [Test]
    public async Task RejectedVersionIsTakenBackEvenWhileItIsRolledOut()
    {
        await RollsOut(TrafficPhase.Progressing);
        await _aws.Rejects(2, "wrong on night shifts");

        var asked = (await _aws.Traffic.ReadAsync(default))!;
        Assert.That((asked.Action, asked.Color, asked.By), Is.EqualTo((TrafficAction.Rollback, Color.Blue, "arn:aws:iam::111122223333:user/ada")));
        Assert.That(await _aws.Live(), Is.EqualTo((1, 1)));
    }

    private async Task RollsOut(TrafficPhase phase)
    {
        await _aws.Trains("pressure,failed\n2,0\n", 2);
        await _aws.GatewayReaches(phase);
    }

    private async Task<IReadOnlyList<HistoryEntry>> HistoryAsync() => await new ModelHistory(_aws.Store).ReadAsync(AwsFixture.Model, 0, default).ToListAsync();

    private Task HeartbeatAsync(string replica, int version) => _aws.Store.WriteAsync(
        StoreKeys.Replica(replica),
        new(replica, Color.Blue, "http://127.0.0.1:1", "release-1", 1, Ready: true, Draining: false,
            [new(AwsFixture.Model, version, null, version, ServedModelState.Serving, null, [])], default),
        RegistryJson.Default.ReplicaHeartbeat, PutCondition.None);

    private void DiesAt(string at) => _aws.Store.Before = (operation, key) =>
    {
        if (operation == "Put" && key.Contains(at, StringComparison.Ordinal))
            throw new IOException("the function crashes");
    };

    private void Lives() => _aws.Store.Before = (_, _) => { };
}
