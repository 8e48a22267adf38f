using Slipway.Automation.Jobs;
using Slipway.Automation.SageMaker;
using Slipway.Registry;
using Slipway.Registry.Lineages;
using Slipway.Registry.Models;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Tests.Aws;

[Category("Sdk")]
public sealed class AwsDatasetArrivedTests
{
    private AwsFixture _aws = null!;

    [SetUp]
    public async Task SetUp()
    {
        _aws = new();
        await _aws.Deploys();
    }

    [Test]
    public async Task SameEventTenTimesIsOneJob()
    {
        var arrival = await _aws.Drops("pressure,failed\n1,0\n2,1\n");
        var answers = new List<EventResponse>();
        for (var i = 0; i < 10; i++)
            answers.Add(await _aws.Arrives(arrival));

        Assert.That(_aws.SageMaker.Jobs, Has.Count.EqualTo(1));
        Assert.That(answers.Select(answer => answer.Handled), Is.EqualTo(Enumerable.Range(0, 10).Select(number => number == 0)));
    }

    [Test]
    public async Task SameEventTenTimesAtOnceIsOneJob()
    {
        var arrival = await _aws.Drops("pressure,failed\n1,0\n2,1\n");
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => _aws.Arrives(arrival))));

        Assert.That(_aws.SageMaker.Jobs, Has.Count.EqualTo(1));
        Assert.That(answers.Count(answer => answer.Handled), Is.EqualTo(1));
    }

    [Test]
    public async Task TenDatasetsAreTenJobs()
    {
        for (var i = 0; i < 10; i++)
            await _aws.Arrives(await _aws.Drops($"pressure,failed\n{i},0\n2,1\n"));

        Assert.That(_aws.SageMaker.Jobs, Has.Count.EqualTo(10), "the count can be another than one");
    }

    [Test]
    public async Task SameRowsPutAgainAreTrainedAgain()
    {
        await _aws.Trains("pressure,failed\n1,0\n", 1);
        await _aws.Arrives(await _aws.Drops("pressure,failed\n1,0\n"));

        Assert.That(_aws.SageMaker.Jobs, Has.Count.EqualTo(2), "the same bytes were uploaded again, and every put creates a version");
    }

    [Test]
    public async Task SupersededVersionIsLeftToTheEventOfTheNewerOne()
    {
        var older = await _aws.Drops("pressure,failed\n1,0\n");
        var newer = await _aws.Drops("pressure,failed\n1,0\n2,1\n");

        Assert.That((await _aws.Arrives(newer)).Handled, Is.True);
        var late = await _aws.Arrives(older);
        Assert.That(late.Handled, Is.False);
        Assert.That(late.Text, Does.Contain("superseded"));
        Assert.That(_aws.SageMaker.Jobs, Has.Count.EqualTo(1));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task OlderDatasetUnderAnotherNameIsNotTrainedOnAfterANewerOne(bool ended)
    {
        var older = await _aws.Drops("pressure,failed\n1,0\n", "april.csv");
        var newer = await _aws.Drops("pressure,failed\n1,0\n2,1\n", "may.csv");
        await _aws.Arrives(newer);
        if (ended)
        {
            await _aws.Leaves(_aws.SageMaker.Jobs.Keys.Single());
            await _aws.Completes(_aws.SageMaker.Jobs.Keys.Single());
        }

        var late = await _aws.Arrives(older);
        Assert.That(late.Text, Does.Contain("april.csv' is older than 'datasets/pumps/may.csv'"));
        Assert.That(_aws.SageMaker.Jobs, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task OlderDatasetIsTrainedOnWhereTheNewerOneFailed()
    {
        var older = await _aws.Drops("pressure,failed\n1,0\n", "april.csv");
        await _aws.Arrives(await _aws.Drops("nonsense\n", "may.csv"));
        await _aws.Ends(_aws.SageMaker.Jobs.Keys.Single(), TrainingEnd.Failed("There is no column pressure."));

        Assert.That((await _aws.Arrives(older)).Handled, Is.True);
    }

    [Test]
    public async Task NewerDatasetIsTrainedOnWhateverStartedLate()
    {
        var older = await _aws.Drops("pressure,failed\n1,0\n", "april.csv");
        var newer = await _aws.Drops("pressure,failed\n1,0\n2,1\n", "may.csv");
        await _aws.Arrives(older); // late: after the newer one arrived
        Assert.That((await _aws.Arrives(newer)).Handled, Is.True);
    }

    [Test]
    public async Task FailedJobIsNotTriedAgainByTheSameEvent()
    {
        var arrival = await _aws.Drops("pressure,failed\n1,0\n");
        await _aws.Arrives(arrival);
        await _aws.Ends(_aws.SageMaker.Jobs.Keys.Single(), TrainingEnd.Failed("row 7"));

        var again = await _aws.Arrives(arrival);
        Assert.That(again.Text, Does.Contain("row 7").And.Contain("--target=Train --model=pumps --environment=test"));
        Assert.That(_aws.SageMaker.Jobs, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task EventDeliveredAgainAfterADeploymentIsNoSecondJob()
    {
        var arrival = await _aws.Drops("pressure,failed\n1,0\n");
        await _aws.Arrives(arrival);
        await _aws.Deploys(commit: 'd');
        Assert.That((await _aws.Arrives(arrival)).Text, Does.Contain("is being trained on"));
        await _aws.Leaves(_aws.SageMaker.Jobs.Keys.Single());
        await _aws.Completes(_aws.SageMaker.Jobs.Keys.Single());
        Assert.That((await _aws.Arrives(arrival)).Text, Does.Contain("was trained on"));

        Assert.That(_aws.SageMaker.Jobs, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task FunctionThatDiedBetweenClaimAndStartIsCompletedByTheNextDelivery()
    {
        var arrival = await _aws.Drops("pressure,failed\n1,0\n");
        _aws.SageMaker.Before = _ => throw new IOException("the function crashes");
        Assert.That(() => _aws.Arrives(arrival), Throws.TypeOf<SlipwayException>());
        Assert.That(_aws.SageMaker.Jobs, Is.Empty);

        _aws.SageMaker.Before = _ => { };
        Assert.That((await _aws.Arrives(arrival)).Handled, Is.True);
        Assert.That(_aws.SageMaker.Jobs.Keys.Single(), Does.EndWith("-a1"));
    }

    [TestCase("Put", "input/spec/")]
    [TestCase("Copy", "input/training/")]
    [TestCase("Put", "lineage.json")]
    public async Task FunctionThatDiedWhileItPreparedIsCompletedByTheNextDelivery(string operation, string at)
    {
        var arrival = await _aws.Drops("pressure,failed\n1,0\n");
        _aws.Store.Before = (asked, key) =>
        {
            if (asked == operation && key.Contains(at, StringComparison.Ordinal))
                throw new IOException("the function crashes");
        };
        Assert.That(() => _aws.Arrives(arrival), Throws.TypeOf<IOException>());

        _aws.Store.Before = (_, _) => { };
        Assert.That((await _aws.Arrives(arrival)).Handled, Is.True);
        Assert.That(
            _aws.SageMaker.Jobs.Values.Single().InputDataConfig.Select(channel => channel.ChannelName), Is.EqualTo(new[] { "spec", "training" }));
    }

    [Test]
    public async Task FunctionThatDiedBeforeADeploymentIsCompletedWithTheNewRecipe()
    {
        var arrival = await _aws.Drops("pressure,failed\n1,0\n");
        _aws.SageMaker.Before = operation => throw (operation == "CreateTrainingJob" ? new IOException("the function crashes") : new InvalidOperationException());
        Assert.That(() => _aws.Arrives(arrival), Throws.TypeOf<SlipwayException>());

        _aws.SageMaker.Before = _ => { };
        await _aws.Deploys(commit: 'd');
        Assert.That((await _aws.Arrives(arrival)).Handled, Is.True);
        Assert.That(_aws.SageMaker.Jobs.Values.Single().Tags.Single(tag => tag.Key == "slipway:commit").Value, Is.EqualTo(new string('d', 40)));
    }

    [Test]
    public async Task ModelThatWasNeverDeployedNamesDeploy()
    {
        var arrival = await _aws.Drops("pressure,failed\n1,0\n");
        await _aws.Store.DeleteAsync(StoreKeys.Recipe(AwsFixture.Model));

        Assert.That(() => _aws.Arrives(arrival), Throws.TypeOf<SlipwayException>().With.Message.Contains("--target=Deploy --environment=test").And.Message.Contains("models/pumps/recipe.json"));
    }

    [Test]
    public async Task DatasetThatIsGoneAgainIsNoError()
    {
        var arrival = await _aws.Drops("pressure,failed\n1,0\n");
        await _aws.Store.DeleteAsync(arrival.Key);

        Assert.That((await _aws.Arrives(arrival)).Text, Does.Contain("removed again"));
    }

    [Test]
    public async Task ModelMadeElsewhereIsNotTrained()
    {
        await _aws.Deploys(spec: AwsFixture.Spec(trainer: TrainerNames.Imported));
        var answer = await _aws.Arrives(await _aws.Drops("pressure,failed\n1,0\n"));

        Assert.That((answer.Handled, _aws.SageMaker.Jobs.Count), Is.EqualTo((false, 0)));
    }

    [Test]
    public async Task LargeDatasetIsNeitherHashedNorReadByTheFunction()
    {
        var arrival = await _aws.Drops("pressure,failed\n1,0\n2,1\n");
        _aws.Store.Read.Clear();
        var request = new TrainingRequest(
            AwsFixture.Model, AwsFixture.Spec(), arrival.Key, new(new('c', 40), false), new(AwsFixture.Image, "X64", new Dictionary<string, string>()), "tester");
        var job = await new DatasetArrived(_aws.Store, _aws.Time, maxHashBytes: 10).HandleAsync(request, default);

        Assert.That(job.Lineage.Dataset.Sha256, Is.Null);
        Assert.That(_aws.Store.Read, Has.No.Member(arrival.Key));
        Assert.That((await new DatasetArrived(_aws.Store, _aws.Time, maxHashBytes: 10).HandleAsync(request, default)).Id, Is.EqualTo(job.Id));

        await _aws.Training.StartAsync(job.Lineage, default);
        await _aws.Leaves(job.Id);
        await _aws.Completes(job.Id);
        var manifest = await _aws.Versions.GetAsync(AwsFixture.Model, 1, default);
        Assert.That(manifest!.Lineage.Dataset.Sha256, Does.Match("^[0-9a-f]{64}$"), "the job hashed what it read");
    }

    [Test]
    public async Task SmallDatasetIsHashedAndAnotherOneInTheArchiveIsNoticed()
    {
        await _aws.Arrives(await _aws.Drops("pressure,failed\n1,0\n2,1\n"));
        var job = _aws.SageMaker.Jobs.Keys.Single();
        var input = StoreKeys.TrainingInput(job, "training", "pumps.csv");
        await _aws.Store.DeleteAsync(input);
        await _aws.Store.PutAsync(input, new MemoryStream([1]), PutCondition.None);
        await _aws.Leaves(job);
        await _aws.Completes(job);

        var outcome = await _aws.Jobs.OutcomeAsync(job, default);
        Assert.That((outcome!.Result, outcome.Reason), Is.EqualTo((TrainingResult.Failed, outcome.Reason)));
        Assert.That(outcome.Reason, Does.Contain("read a dataset with SHA-256"));
    }
}
