using Slipway.Automation.Local.Watching;
using Slipway.Registry;
using Slipway.Registry.Monitoring.Drift;
using Slipway.Registry.Monitoring.Retraining;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Tests.Local.Watching;

/// <summary>A model that is trained when the gateway has found drift.</summary>
public sealed class RetrainScenarios
{
    private const string OtherRows = "pressure,failed\n5,0\n6,1\n";

    private WatchFixture _watch = null!;

    [SetUp]
    public async Task TrainTheFirstVersion()
    {
        _watch = new();
        _watch.Training.Retrain = """{ "on": ["drift"], "cooldown": "01:00:00" }""";
        await _watch.Watch(seconds: 1);
        _watch.Drop("a.csv");
        await _watch.Watch(seconds: 3);
        Assert.That(await _watch.Training.Live(), Is.EqualTo((1, 1)), "without a version nothing can be the cause");
    }

    [TearDown]
    public void TearDown() => _watch.Dispose();

    [Test]
    public async Task DatasetIsKeptUntilDriftIsFoundAndTrainedOnOnce()
    {
        _watch.Drop("b.csv", OtherRows);
        await _watch.Watch(seconds: 10);
        Assert.That((_watch.Runs.Count, (await State())!.Phase), Is.EqualTo((1, RetrainPhase.WaitsForCause)));
        Assert.That(_watch.Said(WatchEventKind.Note), Has.One.StartsWith("b.csv is kept."));

        await Drifts(version: 1);
        await _watch.Watch(seconds: 20);
        Assert.That(await _watch.Training.Live(), Is.EqualTo((2, 2)));
        Assert.That(_watch.Runs, Has.Count.EqualTo(2));
        var cause = (await _watch.Training.Versions.GetAsync(WatchFixture.Pumps, 2, default))!.Lineage.Cause!;
        Assert.That((cause.Kind, cause.Key), Is.EqualTo(("drift", StoreKeys.DriftVerdict(WatchFixture.Pumps, Window, 1))));
        Assert.That(cause.Sentence, Does.StartWith("'torque' has drifted: its Kolmogorov-Smirnov distance is 0.1, and the bound is 0.04 (version 1, 2000 rows from "));
        Assert.That(_watch.Said(WatchEventKind.Training).Last(), Does.EndWith($", because {cause.Sentence}"));
    }

    [Test]
    public async Task UndriftedStreamTrainsNothing()
    {
        _watch.Drop("b.csv", OtherRows);
        await Drifts(version: 1, drifted: 0);
        await _watch.Watch(seconds: 20);

        Assert.That(_watch.Runs, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task DriftOfAVersionThatDoesNotServeTrainsNothing()
    {
        _watch.Drop("b.csv", OtherRows);
        await Drifts(version: 7);
        await _watch.Watch(seconds: 20);

        Assert.That(_watch.Runs, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task DriftWithoutNewDataWaitsForItAlsoAfterARestart()
    {
        await Drifts(version: 1);
        await _watch.Watch(seconds: 10);
        Assert.That((_watch.Runs.Count, (await State())!.Phase), Is.EqualTo((1, RetrainPhase.WaitsForData)));

        _watch.Restart();
        await _watch.Watch(seconds: 10);
        Assert.That(_watch.Runs, Is.Empty);
        _watch.Drop("b.csv", OtherRows);
        await _watch.Watch(seconds: 3);
        Assert.That(await _watch.Training.Live(), Is.EqualTo((2, 2)), "at once");
    }

    [Test]
    public async Task KeptDatasetIsStillThereAfterARestartWhateverTheTimeOfItsFile()
    {
        _watch.Drop("b.csv", OtherRows, age: TimeSpan.FromDays(30));
        await _watch.Watch(seconds: 10);
        _watch.Restart();
        await _watch.Watch(seconds: 10);
        await Drifts(version: 1);
        await _watch.Watch(seconds: 10);

        Assert.That(_watch.Runs, Has.Count.EqualTo(1));
        Assert.That(await _watch.Training.Live(), Is.EqualTo((2, 2)));
    }

    [Test]
    public async Task TrainingThatWasInterruptedIsCompletedByTheNextWatch()
    {
        _watch.Drop("b.csv", OtherRows);
        await _watch.Watch(seconds: 10);
        await Drifts(version: 1);
        _watch.Trainer = (_, _) => throw new IOException("the machine is switched off");
        Assert.That(() => _watch.Watch(seconds: 10), Throws.TypeOf<IOException>());
        var interrupted = _watch.Runs.Last();

        _watch.Restart();
        _watch.Trainer = null;
        await _watch.Watch(seconds: 10);
        Assert.That(_watch.Runs, Is.EqualTo(new[] { interrupted }));
        Assert.That(await _watch.Training.Live(), Is.EqualTo((2, 2)));
        Assert.That((await State())!.Starts.Single().Job, Is.EqualTo(interrupted));
    }

    private DateTimeOffset Window => new(2026, 1, 2, 2, 0, 0, TimeSpan.Zero);

    private async Task Drifts(int version, int drifted = 1) => await _watch.Training.Store.WriteAsync(
        StoreKeys.DriftVerdict(WatchFixture.Pumps, Window, version),
        new(
            WatchFixture.Pumps, version, Window, TimeSpan.FromHours(1), Window.AddHours(1), drifted > 0 ? DriftState.Drifted : DriftState.Stable, 2000, ["blue-1"], 1e-4, 2.5, drifted,
            [new("torque", drifted > 0, 2.5, 1e-9, 1990, [new(DriftStatistic.KolmogorovSmirnov, 0.1, 0.04, 1e-9, true)])], null, [], "torque has drifted.", "main"),
        RegistryJson.Default.DriftVerdict, PutCondition.Absent);

    private async Task<RetrainState?> State() =>
        (await _watch.Training.Store.ReadAsync(StoreKeys.Retraining(WatchFixture.Pumps), RegistryJson.Default.RetrainState))?.Value;
}
