using Slipway.Automation.Local.Watching;

namespace Slipway.Automation.Tests.Local.Watching;

/// <summary>What a watcher finds at its start: existing files, crashed jobs, failures.</summary>
public sealed class RestartScenarios
{
    private const string OtherRows = "pressure,failed\n5,0\n6,1\n";

    private WatchFixture _watch = null!;

    [SetUp]
    public void SetUp() => _watch = new();

    [TearDown]
    public void TearDown() => _watch.Dispose();

    [Test]
    public async Task NewestFileThatNeverGotAJobGetsOne()
    {
        _watch.Drop("old.csv", age: TimeSpan.FromHours(2));
        _watch.Drop("new.csv", OtherRows, age: TimeSpan.FromHours(1));
        await _watch.Watch(seconds: 3);

        var lineage = (await _watch.Training.Versions.GetAsync(WatchFixture.Pumps, 1, default))!.Lineage;
        Assert.That(lineage.Dataset.Key, Does.EndWith("/new.csv"));
        Assert.That(_watch.Runs, Has.Count.EqualTo(1));
        Assert.That(_watch.Said(WatchEventKind.Skipped), Is.Empty, "existing files are not reported");
    }

    [Test]
    public async Task WhatHasAnOutcomeDoesNothingAfterARestart()
    {
        _watch.Drop("a.csv");
        await _watch.Watch(seconds: 3);
        _watch.Restart();
        await _watch.Watch(seconds: 10);

        Assert.That(_watch.Runs, Is.Empty);
        Assert.That(_watch.Said(WatchEventKind.Skipped).Single(), Does.Contain("is not new: it became version 1"));
    }

    [Test]
    public async Task FileThatIsOlderThanWhatWasTrainedOnIsStale()
    {
        _watch.Drop("recent.csv");
        await _watch.Watch(seconds: 3);
        File.Delete(_watch.Path("recent.csv"));
        _watch.Drop("old.csv", OtherRows, age: TimeSpan.FromDays(1));
        _watch.Restart();
        await _watch.Watch(seconds: 10);

        Assert.That(_watch.Runs, Is.Empty);
        Assert.That(await _watch.Training.Live(), Is.EqualTo((1, 1)));
        Assert.That(_watch.Said(WatchEventKind.Skipped).Single(), Does.Contain("older than recent.csv").And.Contain("--dataset="));
    }

    [Test]
    public async Task StaleFileIsTrainedOnWhenItIsTouched()
    {
        _watch.Drop("recent.csv");
        await _watch.Watch(seconds: 3);
        _watch.Drop("old.csv", OtherRows, age: TimeSpan.FromDays(1));
        _watch.Restart();
        await _watch.Watch(seconds: 3);
        _watch.Drop("old.csv", OtherRows);
        await _watch.Watch(seconds: 3);

        Assert.That(await _watch.Training.Live(), Is.EqualTo((2, 2)));
    }

    [Test]
    public async Task JobThatDiedWithItsWatcherIsRunAgainOnce()
    {
        _watch.Trainer = (_, _) => throw new OperationCanceledException();
        _watch.Drop("a.csv");
        Assert.That(async () => await _watch.Watch(seconds: 3), Throws.InstanceOf<OperationCanceledException>());
        var job = _watch.Runs.Single();

        _watch.Trainer = null;
        _watch.Restart();
        await _watch.Watch(seconds: 10);

        Assert.That(_watch.Runs, Is.EqualTo(new[] { job }));
        Assert.That(await _watch.Training.VersionNumbers(), Is.EqualTo(new[] { 1 }));
        Assert.That(_watch.Said(WatchEventKind.Training).Single(), Does.Contain("which was begun before"));
    }

    // The archive holds measured latencies: a second one would not have the hash that the manifest names.
    [Test]
    public async Task JobWhoseArchiveIsStoredIsFinishedAndNotRunAgain()
    {
        _watch.Trainer = async (lineage, _) =>
        {
            await _watch.Pass(lineage);
            throw new OperationCanceledException();
        };
        _watch.Drop("a.csv");
        Assert.That(async () => await _watch.Watch(seconds: 3), Throws.InstanceOf<OperationCanceledException>());

        _watch.Restart();
        await _watch.Watch(seconds: 10);

        Assert.That(_watch.Runs, Is.Empty);
        Assert.That(await _watch.Training.Live(), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task JobThatDiedComesBeforeOlderArrivalsWhateverTheirFileTimes()
    {
        _watch.Drop("first.csv");
        await _watch.Watch(seconds: 3);
        _watch.Trainer = (_, _) => throw new OperationCanceledException();
        _watch.Drop("moved-in.csv", OtherRows, age: TimeSpan.FromDays(1));
        Assert.That(async () => await _watch.Watch(seconds: 3), Throws.InstanceOf<OperationCanceledException>());

        _watch.Trainer = null;
        _watch.Restart();
        await _watch.Watch(seconds: 3);

        Assert.That((await _watch.Training.Versions.GetAsync(WatchFixture.Pumps, 2, default))!.Lineage.Dataset.Key, Does.EndWith("/moved-in.csv"));
        Assert.That(await _watch.Training.Live(), Is.EqualTo((2, 2)));
    }

    [Test]
    public async Task FailedDatasetIsNotTriedAgainByARestart()
    {
        _watch.Trainer = (_, _) => Task.FromResult<string?>("row 7: 'x' is not a number");
        _watch.Drop("a.csv");
        await _watch.Watch(seconds: 10);
        Assert.That(_watch.Runs, Has.Count.EqualTo(1));
        Assert.That(_watch.Said(WatchEventKind.Failed).Single(), Does.Contain("row 7"));

        _watch.Restart();
        await _watch.Watch(seconds: 10);
        Assert.That(_watch.Runs, Is.Empty);
        Assert.That(_watch.Said(WatchEventKind.Skipped).Single(), Does.Contain("failed before").And.Contain("row 7"));
    }

    [TestCase("content")]
    [TestCase("spec")]
    [TestCase("commit")]
    public async Task FailedDatasetIsTriedAgainWhenSomethingChanged(string what)
    {
        _watch.Trainer = (_, _) => Task.FromResult<string?>("row 7: 'x' is not a number");
        _watch.Drop("a.csv");
        await _watch.Watch(seconds: 3);
        _watch.Trainer = null;

        if (what == "content")
            _watch.Drop("a.csv", OtherRows);
        if (what == "spec")
            _watch.Training.GateAtLeast = 0.7;
        if (what == "commit")
        {
            _watch.Training.Commit = new('d', 40);
            _watch.Restart();
        }

        await _watch.Watch(seconds: 3);
        Assert.That(await _watch.Training.Live(), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task FailureThatANewerDatasetFollowedStaysWhereItIs()
    {
        _watch.Trainer = (_, _) => Task.FromResult<string?>("row 7: 'x' is not a number");
        await _watch.Watch(seconds: 1);
        _watch.Drop("bad.csv");
        await _watch.Watch(seconds: 3);
        _watch.Trainer = null;
        _watch.Drop("good.csv", OtherRows);
        await _watch.Watch(seconds: 3);
        _watch.Training.GateAtLeast = 0.7;
        await _watch.Watch(seconds: 10);

        Assert.That(_watch.Runs, Has.Count.EqualTo(2));
        Assert.That((await _watch.Training.Versions.GetAsync(WatchFixture.Pumps, 1, default))!.Lineage.Dataset.Key, Does.EndWith("/good.csv"));
    }

    [Test]
    public async Task VersionThatWasRolledBackIsNotBroughtBack()
    {
        _watch.Drop("a.csv");
        await _watch.Watch(seconds: 3);
        _watch.Drop("b.csv", OtherRows);
        await _watch.Watch(seconds: 3);
        await _watch.Training.RollsBack(from: 2, to: 1);
        _watch.Drop("b.csv", OtherRows);
        await _watch.Watch(seconds: 3);
        _watch.Restart();
        await _watch.Watch(seconds: 3);

        Assert.That(await _watch.Training.Live(), Is.EqualTo((1, 1)));
        Assert.That(await _watch.Training.VersionNumbers(), Is.EqualTo(new[] { 1, 2 }));
    }
}
