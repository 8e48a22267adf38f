using System.Diagnostics;
using System.Net;
using Slipway.PredictionLogs;
using Slipway.Registry.Manifests;
using Slipway.Registry.Predictions;

namespace Slipway.EndToEnd.Tests;

/// <summary>The life cycle of one environment, in order: each test continues where the previous one ended.</summary>
public sealed class JourneyTests
{
    private readonly LocalSystem _system = new(inATreeOfItsOwn: true);
    private HostRun _firstDeploy = null!;

    [OneTimeSetUp]
    public async Task DeployFromNothing() => _firstDeploy = await _system.Succeeds(_system.Deploy());

    [OneTimeTearDown]
    public async Task StopEverything() => await _system.DisposeAsync();

    [Test, Order(1)]
    public async Task DeployEndsWithACurlThatAnswersWithItsLineage()
    {
        var curl = _firstDeploy.Lines[^1];
        Assert.That(curl, Does.StartWith($"curl -i {_system.Url}/v2/models/{LocalSystem.Model}/infer"));
        if (!File.Exists("/usr/bin/curl"))
            Assert.Ignore("curl is missing, so the printed command cannot be tried. Get it with .ci/install, or apt-get install curl.");

        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", curl]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var answer = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.That(answer, Does.StartWith("HTTP/1.1 200 OK"));
        foreach (var header in new[] { SlipwayHeaders.PredictionId, SlipwayHeaders.ModelVersion, SlipwayHeaders.TrainingJob, SlipwayHeaders.Color })
            Assert.That(answer, Does.Contain($"{header}: ").IgnoreCase);
    }

    [Test, Order(2)]
    public void JobsAndServersKeepToThemselvesWhatTheyDo() =>
        Assert.That(Directory.Exists(_system.Cache) ? Directory.EnumerateDirectories(_system.Cache, ".onnxruntime", SearchOption.AllDirectories) : [], Is.Empty);

    [Test, Order(2)]
    public async Task EveryModelUnderTrainingIsServed()
    {
        foreach (var model in LocalSystem.ModelsWithASample())
        {
            using var answer = await _system.Http.GetAsync($"{_system.Url}/v2/models/{model}/ready");
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), model);
        }
    }

    [Test, Order(2)]
    public async Task RawValuesAreAnsweredAsTheTrainerAnsweredThem()
    {
        foreach (var model in LocalSystem.ModelsWithASample())
        {
            var golden = await _system.Golden(1, model);
            var asked = new RawRequests(_system, model, golden);

            Assert.That(await asked.AsRecords(), Is.EqualTo(golden.Outputs).Using(asked.Tolerance), $"{model}: records");
            Assert.That(await asked.AsCsv(), Is.EqualTo(golden.Outputs).Using(asked.Tolerance), $"{model}: CSV");
            Assert.That(await asked.AsOneTensorAColumn(), Is.EqualTo(golden.Outputs).Using(asked.Tolerance), $"{model}: one tensor a column");
        }
    }

    [Test, Order(3)]
    public async Task TraceLeadsFromAnAnswerToDatasetAndCommit()
    {
        using var answer = await _system.Predict();
        var id = answer.Headers.GetValues(SlipwayHeaders.PredictionId).Single();
        var manifest = await new ModelVersions(_system.Store).GetAsync(LocalSystem.Model, 1, default);
        await LogHolds(id);

        var trace = await _system.Succeeds(_system.Run("Trace", $"--prediction={id}"));

        Assert.That(trace.Output, Does.Match("id authentic +yes").And.Match("found in the log +yes"));
        foreach (var fact in new[]
            {
                manifest!.Lineage.TrainingJob, manifest.Lineage.Dataset.Key, manifest.Lineage.Dataset.Version, manifest.Lineage.Dataset.Sha256,
                manifest.Lineage.Source.Commit, manifest.Lineage.SpecSha256, manifest.Lineage.Environment.Image, "metric averagePrecision", "publish by",
            })
            Assert.That(trace.Output, Does.Contain(fact));
    }

    [Test, Order(4)]
    public async Task TraceOfAForgedIdSaysSo()
    {
        using var answer = await _system.Predict();
        var id = answer.Headers.GetValues(SlipwayHeaders.PredictionId).Single();
        var forged = id[..^1] + (id[^1] == '0' ? '1' : '0');

        var trace = await _system.Run("Trace", $"--prediction={forged}");

        Assert.That(trace.ExitCode, Is.EqualTo(1));
        Assert.That(trace.All, Does.Match("id authentic +NO"));
    }

    [Test, Order(4)]
    public async Task LabelsOfAFileAreJoinedWithTheirPredictionsOnce()
    {
        using var answer = await _system.Predict();
        var id = answer.Headers.GetValues(SlipwayHeaders.PredictionId).Single();
        await LogHolds(id);
        var sent = await _system.Http.PostAsync(
            $"{_system.Url}/v2/models/{LocalSystem.Model}/feedback", new StringContent($"{{\"predictionId\":\"{id}\",\"label\":1}}", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")));
        Assert.That(sent.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        var file = Path.Combine(Path.GetTempPath(), $"slipway-labels-{Guid.NewGuid():n}.csv");
        await File.WriteAllTextAsync(file, $"predictionId,label\n{id},1\n{id},1\nnonsense,1\n");

        var run = await _system.Succeeds(_system.Run("Feedback", $"--model={LocalSystem.Model}", $"--file={file}"));
        File.Delete(file);

        Assert.That(run.Output, Does.Contain("1 accepted, 1 repeated, 1 refused.").And.Contain("Data row 3: 'nonsense' is not a prediction id of this environment."));
        Assert.That(run.Output, Does.Match(@"last 7 days +1 +\d+ +1 "), "one label, however often it is sent");
    }

    [Test, Order(5)]
    public async Task SecondDeployChangesNothingAndLosesNothing()
    {
        var before = Processes();
        await using var load = await _system.StartLoad();
        await _system.Succeeds(_system.Deploy());
        var result = await load.Stop();

        Assert.That(Processes(), Is.EqualTo(before));
        Assert.That(result.Lost, Is.Empty);
        Assert.That(result.Answers, Is.GreaterThan(100));
    }

    [Test, Order(6)]
    public async Task NewVersionIsSwappedInUnderLoadWithoutALostOrMixedAnswer()
    {
        await using var load = await _system.StartLoadWithoutPause();
        await load.Answers(200);
        await _system.Succeeds(_system.Run("Train", $"--dataset={_system.OtherDataset(seed: 77)}"));
        await load.Answers(200);
        var result = await load.Stop();

        Assert.That(result.Lost, Is.Empty);
        Assert.That(result.Mixed, Is.Empty);
        Assert.That(result.Versions, Is.EqualTo(new[] { "1", "2" }));
    }

    [Test, Order(7)]
    public async Task SameTrainingAgainChangesNothing()
    {
        var run = await _system.Succeeds(_system.Run("Train", $"--dataset={_system.OtherDataset(seed: 77)}"));

        Assert.That(run.Output, Does.Contain("Nothing to do"));
        Assert.That(await LiveVersion(), Is.EqualTo("2"));
    }

    [Test, Order(8)]
    public async Task RollbackBringsTheVersionBeforeBackUnderLoad()
    {
        await using var load = await _system.StartLoad();
        await load.Answers(200);
        // like a training that takes an hour: a rollback must not wait for it
        await using var held = new FileStream(
            Path.Combine(_system.Folder, "run", "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var run = await _system.Succeeds(_system.Run("Rollback", "--reason=the new one is too eager"));
        var version = await LiveVersion();
        var result = await load.Stop();

        Assert.That(run.Output, Does.Contain("from version 2 to 1"));
        Assert.That(version, Is.EqualTo("1"));
        Assert.That(result.Lost, Is.Empty);
        Assert.That(result.Mixed, Is.Empty);
    }

    [Test, Order(9)]
    public async Task HistoryShowsWhoMovedWhatAndWhy()
    {
        var run = await _system.Succeeds(_system.Run("History", $"--model={LocalSystem.Model}"));

        Assert.That(run.Output, Does.Match("publish +- -> 1").And.Match("publish +1 -> 2").And.Match("rollback +2 -> 1"));
        Assert.That(run.Output, Does.Contain("the new one is too eager"));
    }

    [Test, Order(10)]
    public async Task TrainingTheSameAgainDoesNotBringBackWhatWasRolledBack()
    {
        var run = await _system.Succeeds(_system.Run("Train", $"--dataset={_system.OtherDataset(seed: 77)}"));

        Assert.That(run.Output, Does.Contain("stay on version 1").And.Contain("--to=2"));
        Assert.That(await LiveVersion(), Is.EqualTo("1"));
    }

    [Test, Order(10)]
    public async Task NothingIsLeftToRollBackAfterARollback()
    {
        var run = await _system.Run("Rollback");

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.All, Does.Contain("nothing to roll back"));
    }

    [TestCase("blue"), TestCase("green"), TestCase("gateway"), Order(11)]
    public async Task DeployHealsWhatWasKilled(string name)
    {
        var before = _system.Service(name).ProcessId;
        _system.Kill(name);
        await _system.Succeeds(_system.Deploy());

        Assert.That(_system.Service(name).ProcessId, Is.Not.EqualTo(before));
        Assert.That(await LiveVersion(), Is.EqualTo("1"));
    }

    [Test, Order(12)]
    public async Task KilledServerCostsItsClientsNothing()
    {
        await using var load = await _system.StartLoadWithoutPause();
        await load.Answers(200);
        _system.Kill("blue");
        await load.Answers(200);
        await _system.Succeeds(_system.Deploy());
        var result = await load.Stop();

        Assert.That(result.Lost, Is.Empty);
    }

    [Test, Order(13)]
    public async Task NewReleaseTakesOverUnderLoadAndCanBeRolledBack()
    {
        using var changed = new ChangedBuildOutput(_system.Root);
        var gateway = _system.Service("gateway").ProcessId;
        var live = await LiveColor();
        await using var load = await _system.StartLoad();
        await load.Answers(200);

        await _system.Succeeds(_system.Deploy());
        var after = await LiveColor();
        var back = await _system.Succeeds(_system.Run("Rollback"));
        var restored = await LiveColor();
        var result = await load.Stop();

        Assert.That(_system.Service("gateway").ProcessId, Is.Not.EqualTo(gateway));
        Assert.That(after, Is.Not.EqualTo(live));
        Assert.That(restored, Is.EqualTo(live));
        Assert.That(back.Output, Does.Contain($"back from {after} to {live}"));
        Assert.That(result.Lost, Is.Empty);
    }

    [Test, Order(14)]
    public async Task StatusShowsWhatIsServed()
    {
        var run = await _system.Succeeds(_system.Run("Status"));

        Assert.That(run.Output, Does.Contain(_system.Url).And.Match($"{LocalSystem.Model} +version 1").And.Match("tumor-diagnosis +version 1"));
    }

    [Test, Order(14)]
    public async Task CallersGetWhatTheyShouldFromBothColors()
    {
        var run = await _system.Succeeds(_system.Run("SmokeTest"));

        Assert.That(run.Output, Does.Match($"{LocalSystem.Model}, green +version 1: ready, metadata, infer").And.Contain("responses are correct"));
        Assert.That(run.Output, Does.Not.Contain("not verified").And.Not.Contain("cannot choose"));
    }

    [Test, Order(15)]
    public async Task RollbackToADamagedVersionIsRefusedBeforeAnythingMoves()
    {
        var second = await new ModelVersions(_system.Store).GetAsync(LocalSystem.Model, 2, default);
        var path = Path.Combine(_system.Folder, "store", second!.Artifact.Key);
        var archive = await File.ReadAllBytesAsync(path);
        await File.WriteAllBytesAsync(path, [.. archive[..500], (byte)(archive[500] ^ 1), .. archive[501..]]);
        var run = await _system.Run("Rollback", "--to=2");
        await File.WriteAllBytesAsync(path, archive);

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.All, Does.Contain("nothing was moved").And.Contain("was modified after it was registered"));
        Assert.That(await LiveVersion(), Is.EqualTo("1"));
    }

    [Test, Order(16)]
    public async Task VersionThatWasRolledBackComesBackWhenAPersonNamesIt()
    {
        await _system.Succeeds(_system.Run("Rollback", "--to=2", "--reason=it was not the model"));
        Assert.That(await LiveVersion(), Is.EqualTo("2"));
        await _system.Succeeds(_system.Run("Rollback", "--to=1"));
        Assert.That(await LiveVersion(), Is.EqualTo("1"));
    }

    [Test, Order(20)]
    public async Task StopLeavesNothingBehind()
    {
        var processes = Processes();
        await _system.Succeeds(_system.Run("Stop"));

        Assert.That(processes.Where(LocalSystem.IsAlive), Is.Empty);
        Assert.That(async () => await _system.Http.GetAsync(_system.Url), Throws.TypeOf<HttpRequestException>());
        Assert.That(Directory.EnumerateFiles(Path.Combine(_system.Folder, "store", "replicas")), Is.Empty);
    }

    [Test, Order(21)]
    public async Task DeployAfterStopServesWhatWasLive()
    {
        await _system.Succeeds(_system.Deploy());

        Assert.That(await LiveVersion(), Is.EqualTo("1"));
    }

    private int[] Processes() => [.. new[] { "gateway", "blue", "green" }.Select(name => _system.Service(name).ProcessId)];

    private async Task<string> LiveVersion() => (await AnswerHeaders())[SlipwayHeaders.ModelVersion];

    private async Task<string> LiveColor() => (await AnswerHeaders())[SlipwayHeaders.Color];

    private async Task<Dictionary<string, string>> AnswerHeaders()
    {
        using var answer = await _system.Predict();
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        return answer.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.First());
    }

    // The log is written after the responses, within the flush interval.
    private async Task LogHolds(string id)
    {
        Assert.That(PredictionIds.TryParse(id, out var parsed), Is.True);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await new PredictionLogReader(_system.Store).FindAsync(parsed, id, deadline.Token) is null)
            await timer.WaitForNextTickAsync(deadline.Token);
    }
}
