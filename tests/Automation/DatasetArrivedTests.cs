using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Lineages;

namespace Slipway.Automation.Tests;

public sealed class DatasetArrivedTests
{
    private TrainingFixture _fixture = null!;

    [SetUp]
    public async Task SetUp() => _fixture = await TrainingFixture.WithADataset();

    [TearDown]
    public void TearDown() => _fixture.Dispose();

    [Test]
    public async Task SameArrivalTwiceIsOneJob()
    {
        var first = await _fixture.DatasetArrives();
        var second = await _fixture.DatasetArrives();

        Assert.That((first.IsNew, second.IsNew), Is.EqualTo((true, false)));
        Assert.That(second.Id, Is.EqualTo(first.Id));
        Assert.That(first.Id, Does.Match("^pumps-[0-9a-f]{12}-a1$"));
    }

    [Test]
    public async Task ManyArrivalsAtOnceAreOneJob()
    {
        var claims = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(_fixture.DatasetArrives)));

        Assert.That(claims.Count(claim => claim.IsNew), Is.EqualTo(1));
        Assert.That(claims.Select(claim => claim.Id).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task OtherDataSpecOrCommitIsAnotherJob()
    {
        var ids = new List<string> { (await _fixture.DatasetArrives()).Id };
        await _fixture.PutDataset("pressure,failed\n1,0\n2,1\n3,1\n");
        ids.Add((await _fixture.DatasetArrives()).Id);
        _fixture.GateAtLeast = 0.7;
        ids.Add((await _fixture.DatasetArrives()).Id);
        _fixture.Commit = new('d', 40);
        ids.Add((await _fixture.DatasetArrives()).Id);

        Assert.That(ids, Is.Unique);
    }

    [Test]
    public async Task ReleaseDistinguishesOnlyJobsOfADirtyTree()
    {
        var clean = (await _fixture.DatasetArrives()).Id;
        _fixture.Image = "release-2";
        var cleanElsewhere = (await _fixture.DatasetArrives()).Id;
        _fixture.Dirty = true;
        var dirty = (await _fixture.DatasetArrives()).Id;
        _fixture.Image = "release-3";
        var dirtier = (await _fixture.DatasetArrives()).Id;

        Assert.That(cleanElsewhere, Is.EqualTo(clean));
        Assert.That(new[] { clean, dirty, dirtier }, Is.Unique);
    }

    [Test]
    public async Task JobTrainsOnTheVersionThatArrivedWhateverComesAfter()
    {
        var job = await _fixture.DatasetArrives();
        await _fixture.PutDataset("pressure,failed\n9,1\n");

        await using var input = await _fixture.Store.GetAsync(StoreKeys.TrainingInput(job.Id, "training", "pumps.csv"));
        using var reader = new StreamReader(input!.Content);
        Assert.That(await reader.ReadToEndAsync(), Is.EqualTo("pressure,failed\n1,0\n2,1\n3,0\n"));
    }

    [Test]
    public async Task DatasetThatIsWrittenToWhileItIsCopiedLeavesNoCopy()
    {
        var store = new ChangingStore(_fixture.Store, _fixture.DatasetKey, "pressure,failed\n1,0\n2,");
        Assert.That(
            () => new DatasetArrived(store, _fixture.Time).HandleAsync(_fixture.Request(TrainingFixture.Model, _fixture.DatasetKey), default),
            Throws.TypeOf<DatasetChangedException>());

        var job = await _fixture.DatasetArrives();
        await using var input = await _fixture.Store.GetAsync(StoreKeys.TrainingInput(job.Id, "training", "pumps.csv"));
        using var reader = new StreamReader(input!.Content);
        Assert.That(await reader.ReadToEndAsync(), Is.EqualTo("pressure,failed\n1,0\n2,1\n3,0\n"), "the next copy is the whole of it");
    }

    [Test]
    public async Task NewAttemptFollowsAFailedOne()
    {
        var first = await _fixture.DatasetArrives();
        await _fixture.TrainingFinishes(first, failure: "no memory");
        var second = await _fixture.DatasetArrives();

        Assert.That(second.IsNew, Is.True);
        Assert.That(second.Id, Is.EqualTo(first.Id[..^1] + "2"));
    }

    [Test]
    public async Task NoAttemptFollowsARefusedOne()
    {
        var first = await _fixture.DatasetArrives();
        await _fixture.TrainerLeaves(first, averagePrecision: 0.1);
        await _fixture.TrainingFinishes(first);
        var second = await _fixture.DatasetArrives();

        Assert.That((second.IsNew, second.Id, second.Outcome!.Result), Is.EqualTo((false, first.Id, TrainingResult.Refused)));
    }

    [Test]
    public async Task ChampionComesWithTheJob()
    {
        await _fixture.TrainsSuccessfully();
        await _fixture.PutDataset("pressure,failed\n5,0\n6,1\n");
        var job = await _fixture.DatasetArrives();

        Assert.That(job.Lineage.Parent, Is.EqualTo(1));
        Assert.That(await _fixture.Store.HeadAsync(StoreKeys.TrainingInput(job.Id, "champion", ArtifactFiles.Onnx)), Is.Not.Null);
    }

    [Test]
    public void UnknownDatasetSaysWhatToDo()
    {
        using var empty = new TrainingFixture();
        Assert.That(empty.DatasetArrives, Throws.TypeOf<SlipwayException>().With.Message.Contains("--dataset="));
    }
}
