using Slipway.Automation.Local.Watching;

namespace Slipway.Automation.Tests.Local.Watching;

/// <summary>Models that are added, changed or misspelled while the watcher is running.</summary>
public sealed class ModelScenarios
{
    private const string OtherRows = "pressure,failed\n5,0\n6,1\n";

    private WatchFixture _watch = null!;

    [SetUp]
    public async Task WatchAnEmptyFolder()
    {
        _watch = new();
        await _watch.Watch(seconds: 1);
    }

    [TearDown]
    public void TearDown() => _watch.Dispose();

    [Test]
    public async Task FolderOfNoModelIsNamedOnceWithWhatWasMeant()
    {
        _watch.Drop("a.csv", model: "pump");
        await _watch.Watch(seconds: 10);

        Assert.That(_watch.Runs, Is.Empty);
        Assert.That(_watch.Said(WatchEventKind.Skipped, model: null).Single(), Does.Contain("does not match a model").And.Contain("Did you mean pumps?"));
    }

    [Test]
    public async Task FolderBecomesUsableWhenItsModelAppears()
    {
        _watch.Drop("a.csv", model: WatchFixture.Valves);
        await _watch.Watch(seconds: 5);
        _watch.Models.Add(WatchFixture.Valves);
        await _watch.Watch(seconds: 3);

        Assert.That(await _watch.Training.Live(WatchFixture.Valves), Is.EqualTo((1, 1)));
        Assert.That(_watch.Said(WatchEventKind.Note, WatchFixture.Valves).Single(), Does.Contain("new model").And.Contain(_watch.Folder.Of(WatchFixture.Valves)));
    }

    [Test]
    public async Task NextDatasetUsesTheChangedSpecAndTheOneBeforeIsLeftAlone()
    {
        _watch.Drop("a.csv");
        await _watch.Watch(seconds: 3);
        _watch.Training.GateAtLeast = 0.7;
        await _watch.Watch(seconds: 5);
        Assert.That(_watch.Runs, Has.Count.EqualTo(1));
        Assert.That(_watch.Said(WatchEventKind.Note).Single(), Does.Contain("model.json has changed").And.Contain("--target=Train --model=pumps"));

        _watch.Drop("b.csv", OtherRows);
        await _watch.Watch(seconds: 3);
        var gates = (await _watch.Training.Versions.GetAsync(WatchFixture.Pumps, 2, default))!.Gates;
        Assert.That(gates.Verdicts.Single(verdict => verdict.Rule == "metric averagePrecision").Bound, Is.EqualTo(">= 0.7"));
    }

    [Test]
    public async Task BadSpecIsReportedAndTheOtherModelGoesOn()
    {
        _watch.Models.Add(WatchFixture.Valves);
        _watch.BadSpecs[WatchFixture.Pumps] = "{ \"task\": \"binary\" }";
        _watch.Drop("a.csv");
        _watch.Drop("a.csv", model: WatchFixture.Valves);
        await _watch.Watch(seconds: 5);

        Assert.That(_watch.Said(WatchEventKind.Failed), Is.Not.Empty.And.All.Contain("model.json"));
        Assert.That(await _watch.Training.Live(WatchFixture.Valves), Is.EqualTo((1, 1)));

        _watch.BadSpecs.Clear();
        await _watch.Watch(seconds: 3);
        Assert.That(await _watch.Training.Live(), Is.EqualTo((1, 1)), "a corrected spec lets the dataset in that waits for it");
    }
}
