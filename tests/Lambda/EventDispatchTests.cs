using System.Text;
using Slipway.Automation.SageMaker;
using Slipway.Automation.Tests.Aws;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Monitoring.Domains;
using Slipway.Registry.Monitoring.Drift;
using Slipway.Registry.Monitoring.Quality;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Storage;
using Slipway.Registry.Traffic;

namespace Slipway.Automation.Lambda.Tests;

/// <summary>Events as they come, against a bucket and a SageMaker in memory.</summary>
[Category("Sdk")]
public sealed class EventDispatchTests
{
    private AwsFixture _aws = null!;
    private StringWriter _log = null!;
    private EventDispatch _dispatch = null!;

    [SetUp]
    public async Task SetUp()
    {
        (_aws, _log) = (new(), new());
        _dispatch = new(Events.Environment, RolloutSettings.Default, _aws.Store, _aws.SageMaker.Client, _aws.Scaling.Client, AwsFixture.Signer, new(_log, _aws.Time), _aws.Time);
        await _aws.Deploys();
    }

    [TearDown]
    public async Task TearDown() => await _log.DisposeAsync();

    [Test]
    public async Task DatasetBecomesAVersionThatSomebodyRejects()
    {
        await Publishes("pressure,failed\n1,0\n", 1);
        await Publishes("pressure,failed\n2,0\n", 2);
        Assert.That(await _aws.Live(), Is.EqualTo((2, 2)));

        _aws.Changes(2, "Rejected");
        var answer = await Handle(Events.ModelPackage("slipway-test-pumps", "Rejected", version: 2));
        Assert.That(answer, Is.EqualTo(EventResponse.Done("'pumps' moved from version 2, which was rejected, to version 1.")));
        Assert.That(await _aws.Live(), Is.EqualTo((1, 1)));
    }

    [TestCase(TrafficPhase.Promoted, "promoted", 2), TestCase(TrafficPhase.RolledBack, "rolled-back", 1)]
    public async Task EndOfARolloutIsCompletedByItsEventOrTheNextLookAndOnlyOnce(TrafficPhase phase, string word, int version)
    {
        await _aws.Deploys(spec: AwsFixture.Spec(delivery: "rollout"));
        await _aws.Traffic.RequestAsync(Color.Blue, TrafficAction.Deploy, "release-1", "ann", "first", default);
        await Publishes("pressure,failed\n1,0\n", 1);
        await _aws.GatewayReaches(TrafficPhase.Promoted);
        await Publishes("pressure,failed\n2,0\n", 2);
        Assert.That(await _aws.Live(), Is.EqualTo((1, 2)));
        Assert.That((await Handle(Events.Scheduled)).Handled, Is.False);
        await _aws.GatewayReaches(phase);

        var (first, second) = phase == TrafficPhase.Promoted ? (Events.Traffic(word), Events.Scheduled) : (Events.Scheduled, Events.Traffic(word));
        Assert.That((await Handle(first)).Handled, Is.True);
        Assert.That((await Handle(second)).Handled, Is.False);
        Assert.That(await _aws.Live(), Is.EqualTo((version, version)));
    }

    [Test]
    public async Task LabelsAreJoinedOnceAndOldOnesByTheLookAtEverything()
    {
        await Publishes("pressure,failed\n1,0\n", 1);
        await _aws.Predicts(_aws.Time.GetUtcNow().AddHours(-3), score: 0.9f, label: 1);
        await _aws.Predicts(_aws.Time.GetUtcNow().AddDays(-40), score: 0.9f, label: 0);

        Assert.That((await Handle(Events.Labels("labels-look"))).Text, Is.EqualTo("The quality of 'pumps' is up to date."));
        Assert.That((await Handle(Events.Labels("labels-look"))).Handled, Is.False);
        Assert.That((await Quality()).Versions.Single(one => one.Day is null).Labels, Is.EqualTo(1));
        Assert.That((await Handle(Events.Labels("labels-all"))).Handled, Is.True);
        Assert.That((await Quality()).Versions.Where(one => one.Day is not null).Select(one => (one.Labels, one.Metrics["accuracy"].Value)), Is.EqualTo(new[] { (1L, 1.0), (1L, 0.0) }));
    }

    [Test]
    public async Task EveryModelIsComparedWithItsTrainingDataOnceANight()
    {
        await Publishes("pressure,failed\n1,0\n", 1);

        Assert.That((await Handle(Events.Labels("domain-look"))).Text, Is.EqualTo("1 model was compared with the training data."));
        Assert.That((await Handle(Events.Labels("domain-look"))).Handled, Is.False);
        Assert.That((await _aws.Store.ReadAsync(StoreKeys.Domain("pumps"), RegistryJson.Default.DomainVerdict))!.Value.State, Is.EqualTo(DomainState.TooFew));
    }

    [Test]
    public async Task TheNightFindsThatRequestsAreNotLikeTheTrainingData()
    {
        await Publishes($"pressure,failed\n{string.Join('\n', Enumerable.Range(0, 250).Select(row => $"{row},{row % 2}"))}\n", 1);
        await _aws.Predicts(_aws.Time.GetUtcNow().AddHours(-3), [.. Enumerable.Range(0, 250).Select(row => 1000.0 + row)]);

        await Handle(Events.Labels("domain-look"));

        var verdict = (await _aws.Store.ReadAsync(StoreKeys.Domain("pumps"), RegistryJson.Default.DomainVerdict))!.Value;
        Assert.That((verdict.State, verdict.Training, verdict.Logged), Is.EqualTo((DomainState.Different, 250, 250)), verdict.Sentence);
        Assert.That(verdict.Auc, Is.GreaterThan(verdict.Bound!.Value));
    }

    private async Task<QualityReport> Quality() => (await _aws.Store.ReadAsync(StoreKeys.Quality("pumps"), RegistryJson.Default.QualityReport))!.Value;

    [TestCase(true), TestCase(false)]
    public async Task DriftIsAnsweredByItsEventOrTheNextLookAndOnlyOnce(bool eventFirst)
    {
        await _aws.Deploys(spec: AwsFixture.Spec(retrain: """{ "on": ["drift"] }"""));
        await Publishes("pressure,failed\n1,0\n", 1);
        var arrival = await _aws.Drops("pressure,failed\n2,0\n");
        await Handle(Events.ObjectCreated(arrival.Key, arrival.Version));
        Assert.That((await Handle(Events.RetrainLook)).Handled, Is.False);
        var window = _aws.Time.GetUtcNow().AddHours(-1);
        await _aws.Store.WriteAsync(
            StoreKeys.DriftVerdict("pumps", window, 1),
            new("pumps", 1, window, TimeSpan.FromHours(1), window.AddHours(1), DriftState.Drifted, 2000, ["blue-1"], 1e-4, 2.5, 1, [new("pressure", true, 2.5, 1e-9, 2000, [])], null, [], "pressure has drifted.", "main"),
            RegistryJson.Default.DriftVerdict, PutCondition.Absent);

        var (first, second) = eventFirst ? (Events.Drift(), Events.RetrainLook) : (Events.RetrainLook, Events.Drift());
        Assert.That((await Handle(first)).Text, Does.StartWith("Training job pumps-").And.Contain("because 'pressure' has drifted"));
        Assert.That(((await Handle(second)).Handled, _aws.SageMaker.Jobs.Count), Is.EqualTo((false, 2)));
    }

    [Test]
    public async Task EventsOfOthersTouchNothing()
    {
        foreach (var foreign in new[]
        {
            Events.ObjectCreated("models/pumps/recipe.json"), Events.TrainingJob("pumps-0123456789ab-a1", "InProgress"), Events.ModelPackage("slipway-test-pumps", "Approved"),
        })
            Assert.That((await Handle(foreign)).Handled, Is.False);

        Assert.That((_aws.SageMaker.Jobs.Count, _aws.SageMaker.Packages.Count), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task DatasetOfAModelThatWasNeverDeployedIsAnErrorForThePersonWhoReadsTheQueue()
    {
        await _aws.Store.DeleteAsync(StoreKeys.Recipe(AwsFixture.Model));
        var arrival = await _aws.Drops("pressure,failed\n1,0\n");

        Assert.That(() => Handle(Events.ObjectCreated(arrival.Key, arrival.Version)), Throws.TypeOf<SlipwayException>().With.Message.Contains("--target=Deploy"));
    }

    private async Task Publishes(string csv, byte fill)
    {
        var arrival = await _aws.Drops(csv);
        await Handle(Events.ObjectCreated(arrival.Key, arrival.Version));
        var job = _aws.SageMaker.Jobs.Keys.Last();
        await _aws.Leaves(job, fill);
        await Handle(Events.TrainingJob(job, "Completed"));
    }

    private Task<EventResponse> Handle(string text) => _dispatch.HandleAsync(Encoding.UTF8.GetBytes(text), default);
}
