using Slipway.Automation.SageMaker;
using Slipway.Automation.Tests.Aws;
using Slipway.Registry;
using Slipway.Registry.Models;
using Slipway.Registry.Monitoring.Retraining;

namespace Slipway.Automation.Tests.Retraining;

/// <summary>A model that is trained when monitoring asks for it, on AWS.</summary>
[Category("Sdk")]
public sealed class AwsRetrainingTests
{
    private const string Rows = "pressure,failed\n1,0\n2,1\n";

    private AwsFixture _aws = null!;

    [SetUp]
    public async Task SetUp()
    {
        _aws = new();
        await _aws.Deploys(spec: AwsFixture.Spec(retrain: """{ "on": ["drift", "accuracy"] }"""));
        await _aws.Trains(Rows, 1);
        Assert.That(await _aws.Live(), Is.EqualTo((1, 1)), "without a version nothing can be the cause, so the first dataset is trained on");
    }

    [Test]
    public async Task ArrivingDatasetIsKept()
    {
        var answer = await _aws.Arrives(await _aws.Drops(Rows));

        Assert.That(answer.Text, Is.EqualTo("'datasets/pumps/pumps.csv' is kept. Nothing asks for a training of the model. 'datasets/pumps/pumps.csv' is kept until something does."));
        Assert.That((_aws.SageMaker.Jobs.Count, (await State())!.Kept!.Key), Is.EqualTo((1, "datasets/pumps/pumps.csv")));
    }

    [Test]
    public async Task DriftTrainsOnTheDatasetThatWasKeptAndIsRecordedAsTheCause()
    {
        await _aws.Arrives(await _aws.Drops(Rows));
        var cause = _aws.Causes.Finds(AwsFixture.Model, 1);
        var answer = await Drifts();
        var job = _aws.SageMaker.Jobs.Keys.Last();
        await _aws.Leaves(job, fill: 2);
        await _aws.Completes(job);

        Assert.That(answer.Handled, Is.True);
        Assert.That(await _aws.Live(), Is.EqualTo((2, 2)));
        Assert.That((await _aws.Jobs.LineageAsync(job, default)).Cause, Is.EqualTo(cause));
        Assert.That((await _aws.Versions.GetAsync(AwsFixture.Model, 2, default))!.Lineage.Cause, Is.EqualTo(cause), "the manifest is signed with its cause");
        Assert.That(await LastReason(), Is.EqualTo($"Training job {job} passed its gates. It was started because torque of version 1 is 3.1 times beyond its bound."));
    }

    [Test]
    public async Task CauseHasNoInfluenceOnTheIdOfTheJob()
    {
        await _aws.Arrives(await _aws.Drops(Rows));
        _aws.Causes.Finds(AwsFixture.Model, 1);
        await Drifts();
        var job = _aws.SageMaker.Jobs.Keys.Last();

        var lineage = await _aws.Jobs.LineageAsync(job, default);
        var request = new Automation.Jobs.TrainingRequest(AwsFixture.Model, AwsFixture.Spec(retrain: """{ "on": ["drift", "accuracy"] }"""), lineage.Dataset.Key, lineage.Source, lineage.Environment, "ann");
        Assert.That(Automation.Jobs.TrainingJobId.Prefix(request, lineage.Dataset, lineage.SpecSha256) + "1", Is.EqualTo(job));
    }

    [Test]
    public async Task CauseWithoutNewDataWaitsAndTheNextArrivalIsTrainedOnAtOnce()
    {
        _aws.Causes.Finds(AwsFixture.Model, 1);
        var waits = await Drifts();
        Assert.That((waits.Handled, (await State())!.Phase, _aws.SageMaker.Jobs.Count), Is.EqualTo((false, RetrainPhase.WaitsForData, 1)));

        var answer = await _aws.Arrives(await _aws.Drops(Rows));
        Assert.That((answer.Handled, _aws.SageMaker.Jobs.Count), Is.EqualTo((true, 2)));
        Assert.That((await _aws.Jobs.LineageAsync(_aws.SageMaker.Jobs.Keys.Last(), default)).Cause!.Kind, Is.EqualTo("drift"));
    }

    [Test]
    public async Task LostAccuracyIsFoundByALook()
    {
        await _aws.Arrives(await _aws.Drops(Rows));
        Assert.That((await Looks()).Handled, Is.False);
        _aws.Causes.Finds(AwsFixture.Model, 1, RetrainKind.Accuracy);

        Assert.That((await Looks()).Handled, Is.True);
        Assert.That((_aws.SageMaker.Jobs.Count, (await Looks()).Handled), Is.EqualTo((2, false)));
    }

    [Test]
    public async Task SameCauseTenTimesAtOnceIsOneJob()
    {
        await _aws.Arrives(await _aws.Drops(Rows));
        _aws.Causes.Finds(AwsFixture.Model, 1);
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(number => Task.Run(() => number % 2 == 0 ? Drifts() : Looks())));

        Assert.That(_aws.SageMaker.Jobs, Has.Count.EqualTo(2));
        Assert.That(answers.Count(answer => answer.Handled), Is.EqualTo(1));
        Assert.That((await State())!.Starts, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task EventOfTheDatasetThatComesAfterItsTrainingStartsNothing()
    {
        var arrival = await _aws.Drops(Rows);
        _aws.Causes.Finds(AwsFixture.Model, 1);
        Assert.That((await Looks()).Handled, Is.True, "the look finds the dataset although its event has not come");

        Assert.That((await _aws.Arrives(arrival)).Handled, Is.False);
        Assert.That(_aws.SageMaker.Jobs, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task OlderDatasetThatArrivesLateDoesNotReplaceTheNewerOne()
    {
        var older = await _aws.Drops(Rows, "april.csv");
        var newer = await _aws.Drops(Rows, "may.csv");
        await _aws.Arrives(newer);
        await _aws.Arrives(older);

        Assert.That((await State())!.Kept!.Key, Is.EqualTo("datasets/pumps/may.csv"));
        _aws.Causes.Finds(AwsFixture.Model, 1);
        await Drifts();
        Assert.That((await _aws.Jobs.LineageAsync(_aws.SageMaker.Jobs.Keys.Last(), default)).Dataset.Key, Is.EqualTo("datasets/pumps/may.csv"));
    }

    [TestCase("Put", "lineage.json")]
    [TestCase("Put", "input/spec/")]
    [TestCase("Put", "retrain.json", 2)]
    public async Task FunctionThatCrashedIsCompletedByTheNextLook(string operation, string at, int time = 1)
    {
        await _aws.Arrives(await _aws.Drops(Rows));
        _aws.Causes.Finds(AwsFixture.Model, 1);
        _aws.Store.Before = (asked, key) =>
        {
            if (asked == operation && key.Contains(at, StringComparison.Ordinal) && --time == 0)
                throw new IOException("the function crashes");
        };
        Assert.That(Drifts, Throws.TypeOf<IOException>());

        _aws.Store.Before = (_, _) => { };
        Assert.That((await Looks()).Handled, Is.True);
        Assert.That((_aws.SageMaker.Jobs.Count, (await State())!.Starts.Single().Job), Is.EqualTo((2, _aws.SageMaker.Jobs.Keys.Last())));
    }

    [Test]
    public async Task FunctionThatCrashedBeforeADeploymentIsCompletedWithoutASecondJob()
    {
        await _aws.Arrives(await _aws.Drops(Rows));
        _aws.Causes.Finds(AwsFixture.Model, 1);
        var writes = 0;
        _aws.Store.Before = (asked, key) =>
        {
            if (asked == "Put" && key.EndsWith("retrain.json", StringComparison.Ordinal) && ++writes == 2)
                throw new IOException("the function crashes");
        };
        Assert.That(Drifts, Throws.TypeOf<IOException>());
        _aws.Store.Before = (_, _) => { };
        await _aws.Deploys(commit: 'd', spec: AwsFixture.Spec(retrain: """{ "on": ["drift"] }"""));

        await Looks();
        Assert.That((_aws.SageMaker.Jobs.Count, (await State())!.Starts.Single().Job), Is.EqualTo((2, _aws.SageMaker.Jobs.Keys.Last())));
    }

    [Test]
    public async Task DatasetThatIsReplacedWhileItsTrainingStartsIsNotTrainedOn()
    {
        await _aws.Arrives(await _aws.Drops(Rows));
        _aws.Causes.Finds(AwsFixture.Model, 1);
        var replaced = false;
        _aws.Store.Before = (asked, key) =>
        {
            if (replaced || asked != "Put" || !key.EndsWith("retrain.json", StringComparison.Ordinal))
                return;
            replaced = true;
            _aws.Store.Before = (_, _) => { };
            _aws.Drops("pressure,failed\n5,0\n").GetAwaiter().GetResult();
        };
        await Drifts();

        var start = (await State())!.Starts.Single();
        Assert.That(start.Dataset.Version, Is.EqualTo((await _aws.Store.HeadAsync("datasets/pumps/pumps.csv"))!.Version));
        Assert.That(_aws.SageMaker.Jobs, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task CauseThatTheGatesDidNotAnswerWaitsForDataAndForTheCooldown()
    {
        await _aws.Arrives(await _aws.Drops(Rows));
        _aws.Causes.Finds(AwsFixture.Model, 1);
        await Drifts();
        var job = _aws.SageMaker.Jobs.Keys.Last();
        await _aws.Leaves(job, fill: 2, averagePrecision: 0.1);
        await _aws.Completes(job);
        Assert.That(await _aws.Live(), Is.EqualTo((1, 1)));

        Assert.That((await Looks()).Handled, Is.False, "the cause was answered");
        _aws.Causes.Finds(AwsFixture.Model, 1, window: "20260102T0400");
        await Looks();
        Assert.That((await State())!.Phase, Is.EqualTo(RetrainPhase.WaitsForData));
        await _aws.Arrives(await _aws.Drops(Rows));
        Assert.That(((await State())!.Phase, _aws.SageMaker.Jobs.Count), Is.EqualTo((RetrainPhase.CoolsDown, 2)));

        _aws.Time.Advance(TimeSpan.FromDays(1));
        Assert.That(((await Looks()).Handled, _aws.SageMaker.Jobs.Count), Is.EqualTo((true, 3)));
    }

    [Test]
    public async Task ComparisonThatIsRepeatedKeepsItsCause()
    {
        await _aws.Deploys();
        await _aws.Trains(Rows, 2);
        await _aws.Deploys(spec: AwsFixture.Spec(retrain: """{ "on": ["drift"] }"""));
        await _aws.Arrives(await _aws.Drops(Rows));
        var cause = _aws.Causes.Finds(AwsFixture.Model, 2);
        await Drifts();
        var job = _aws.SageMaker.Jobs.Keys.Last();
        await _aws.RollsBack(2, to: 1);
        await _aws.Leaves(job, fill: 3);
        await _aws.Completes(job);

        var again = _aws.SageMaker.Jobs.Keys.Last();
        Assert.That(again, Does.EndWith("-a2"));
        Assert.That((await _aws.Jobs.LineageAsync(again, default)).Cause, Is.EqualTo(cause));
    }

    [Test]
    public async Task ModelWithoutRetrainIsTrainedOnEveryDatasetAndByNoCause()
    {
        await _aws.Deploys();
        _aws.Causes.Finds(AwsFixture.Model, 1);

        Assert.That((await Drifts()).Text, Does.Contain("has no 'retrain'"));
        Assert.That(((await _aws.Arrives(await _aws.Drops(Rows))).Handled, _aws.SageMaker.Jobs.Count), Is.EqualTo((true, 2)));
        Assert.That(await State(), Is.Null);
    }

    [Test]
    public async Task LookWithoutACauseReadsNoJobs()
    {
        await _aws.Arrives(await _aws.Drops(Rows));
        _aws.Store.Read.Clear();
        await Looks();

        Assert.That(_aws.Store.Read.Where(key => key.StartsWith("training-jobs/", StringComparison.Ordinal) || key.StartsWith("datasets/", StringComparison.Ordinal)), Is.Empty);
    }

    private Task<EventResponse> Drifts() => _aws.Retraining.HandleAsync(AwsFixture.Model, default);

    private Task<EventResponse> Looks() => _aws.Retraining.LookAsync(default);

    private async Task<RetrainState?> State() =>
        (await Registry.Storage.StoreJson.ReadAsync(_aws.Store, StoreKeys.Retraining(AwsFixture.Model), RegistryJson.Default.RetrainState))?.Value;

    private async Task<string?> LastReason() =>
        (await new Registry.History.ModelHistory(_aws.Store).ReadAsync(AwsFixture.Model, 0, default).LastAsync()).Reason;
}
