using Slipway.Automation.Local.Watching;

namespace Slipway.Automation.Tests.Local.Watching;

/// <summary>Files that arrive while the watcher is running.</summary>
public sealed class ArrivalScenarios
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

    [TestCase("a.csv")]
    [TestCase("A.CSV")]
    public async Task DroppedDatasetBecomesTheModelThatAnswers(string name)
    {
        _watch.Drop(name);
        await _watch.Watch(seconds: 3);

        Assert.That(await _watch.Training.Live(), Is.EqualTo((1, 1)));
        Assert.That(_watch.Events.Select(happened => happened.Kind), Is.EqualTo(new[]
        {
            WatchEventKind.Seen, WatchEventKind.Training, WatchEventKind.Registered, WatchEventKind.Serving,
        }));
        Assert.That(_watch.Said(WatchEventKind.Training).Single(), Does.Contain(name).And.Contain(_watch.Runs.Single()));
        Assert.That(_watch.Said(WatchEventKind.Registered).Single().Split("Report: ")[1], Does.Exist);
        Assert.That(_watch.Said(WatchEventKind.Serving).Single(), Is.EqualTo($"version 1 is served on blue and green, 2.0 s after {name} arrived"));
    }

    [Test]
    public async Task HalfCopiedFileStartsNoJobUntilTheOtherHalfIsThere()
    {
        for (var rows = 1; rows <= 10; rows++)
        {
            _watch.Drop("slow.csv", WatchFixture.Rows + string.Concat(Enumerable.Repeat("4,1\n", rows)));
            await _watch.Watch(seconds: 1.5);
        }

        Assert.That(_watch.Runs, Is.Empty);
        await _watch.Watch(seconds: 1);
        Assert.That(_watch.Runs, Has.Count.EqualTo(1));
        Assert.That(_watch.Said(WatchEventKind.Seen), Has.Exactly(1).Items);
    }

    [TestCase("a.csv.part")]
    [TestCase(".a.csv")]
    [TestCase("a.csv~")]
    [TestCase("a.csv.tmp")]
    public async Task TemporaryNameIsNotSpokenOfUntilItIsRenamed(string name)
    {
        _watch.Drop(name);
        await _watch.Watch(seconds: 5);
        Assert.That(_watch.Events, Is.Empty);

        File.Move(_watch.Path(name), _watch.Path("a.csv"));
        await _watch.Watch(seconds: 3);
        Assert.That(_watch.Runs, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task EmptyFileIsWaitedForUntilSomethingIsInIt()
    {
        _watch.Drop("a.csv", "");
        await _watch.Watch(seconds: 10);
        Assert.That(_watch.Runs, Is.Empty);
        Assert.That(_watch.Said(WatchEventKind.Skipped), Has.Exactly(1).Items.And.One.Contains("empty"));

        _watch.Drop("a.csv");
        await _watch.Watch(seconds: 3);
        Assert.That(_watch.Runs, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task FileThatIsOverwrittenInPlaceIsANewDataset()
    {
        _watch.Drop("a.csv");
        await _watch.Watch(seconds: 3);
        _watch.Drop("a.csv", OtherRows);
        await _watch.Watch(seconds: 3);

        Assert.That(await _watch.Training.VersionNumbers(), Is.EqualTo(new[] { 1, 2 }));
        Assert.That(await _watch.Training.Live(), Is.EqualTo((2, 2)));
    }

    [TestCase("a.csv", "is not new")]
    [TestCase("copy.csv", "has the same content as a.csv")]
    public async Task SameContentAgainRegistersNothing(string name, string said)
    {
        _watch.Drop("a.csv");
        await _watch.Watch(seconds: 3);
        _watch.Drop(name);
        await _watch.Watch(seconds: 10);

        Assert.That(await _watch.Training.VersionNumbers(), Is.EqualTo(new[] { 1 }));
        Assert.That(_watch.Runs, Has.Count.EqualTo(1));
        Assert.That(_watch.Said(WatchEventKind.Skipped).Single(), Does.Contain(said).And.Contain("version 1"));
    }

    [Test]
    public async Task OfSeveralAtOnceTheNewestIsTrainedOnAndTheOthersAreNamed()
    {
        _watch.Drop("new.csv", OtherRows, age: TimeSpan.FromHours(1));
        _watch.Drop("old.csv", age: TimeSpan.FromHours(3));
        _watch.Drop("older.csv", age: TimeSpan.FromHours(5));
        await _watch.Watch(seconds: 10);

        var lineage = (await _watch.Training.Versions.GetAsync(WatchFixture.Pumps, 1, default))!.Lineage;
        Assert.That(_watch.Runs, Has.Count.EqualTo(1));
        Assert.That(lineage.Dataset.Key, Does.EndWith("/new.csv"));
        Assert.That(_watch.Said(WatchEventKind.Skipped).Order(), Is.EqualTo(new[]
        {
            "old.csv is superseded by the newer new.csv and is not trained on",
            "older.csv is superseded by the newer new.csv and is not trained on",
        }));
    }

    [Test]
    public async Task FileThatIsMovedInIsNewHoweverOldItIs()
    {
        _watch.Drop("recent.csv");
        await _watch.Watch(seconds: 3);
        _watch.Drop("export-of-last-year.csv", OtherRows, age: TimeSpan.FromDays(300));
        await _watch.Watch(seconds: 3);

        Assert.That(await _watch.Training.Live(), Is.EqualTo((2, 2)));
    }

    [Test]
    public async Task RefusedDatasetChangesNothingAndReportsWhichGatesFailed()
    {
        _watch.Drop("a.csv");
        await _watch.Watch(seconds: 3);
        _watch.Trainer = async (lineage, _) =>
        {
            await _watch.Disappoint(lineage);
            return null;
        };
        _watch.Drop("noise.csv", OtherRows);
        await _watch.Watch(seconds: 10);

        Assert.That(await _watch.Training.Live(), Is.EqualTo((1, 1)));
        Assert.That(_watch.Runs, Has.Count.EqualTo(2));
        Assert.That(_watch.Said(WatchEventKind.Refused), Has.Some.StartsWith("FAIL metric averagePrecision 0.1 (>= 0.8)").And.Some.Contains("noise.csv produced no version"));
    }

    [Test]
    public async Task PublishedVersionThatDoesNotAnswerIsAFailure()
    {
        _watch.Serving = new(false, "is published, but blue stays on version 7");
        _watch.Drop("a.csv");
        await _watch.Watch(seconds: 3);

        Assert.That(_watch.Said(WatchEventKind.Failed).Single(), Is.EqualTo("version 1 is published, but blue stays on version 7"));
        Assert.That(_watch.Said(WatchEventKind.Serving), Is.Empty);
    }

    [Test]
    public async Task FileThatIsRemovedBeforeItArrivedIsForgotten()
    {
        _watch.Drop("a.csv");
        await _watch.Watch(seconds: 1);
        File.Delete(_watch.Path("a.csv"));
        await _watch.Watch(seconds: 5);

        Assert.That(_watch.Runs, Is.Empty);
    }

    [Test]
    public async Task ModelsTakeTurns()
    {
        _watch.Models.Add(WatchFixture.Valves);
        _watch.Drop("a.csv");
        _watch.Drop("a.csv", model: WatchFixture.Valves);
        // while the first job runs, more comes for the same model
        _watch.Trainer = async (lineage, _) =>
        {
            _watch.Drop("b.csv", OtherRows);
            await _watch.Pass(lineage);
            return null;
        };
        await _watch.Watch(seconds: 6);

        Assert.That(_watch.Runs.Select(job => job.Split('-')[0]), Is.EqualTo(new[] { WatchFixture.Pumps, WatchFixture.Valves, WatchFixture.Pumps }));
        Assert.That(await _watch.Training.Live(WatchFixture.Valves), Is.EqualTo((1, 1)));
    }
}
