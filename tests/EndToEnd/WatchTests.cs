using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Slipway.Registry.Manifests;
using Slipway.Registry.Predictions;

namespace Slipway.EndToEnd.Tests;

/// <summary>From a new file to predictions of another version, with real processes; each test continues where the previous one ended.</summary>
public sealed class WatchTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly LocalSystem _system = new();

    [OneTimeSetUp]
    public async Task DeployAndWatch()
    {
        await _system.BringTrainedModels();
        await _system.Succeeds(_system.Deploy());
        _system.Begin("Watch");
        await Watch.Says($"{LocalSystem.Model} +{DropFolder}");
        await Watch.Says("is not new: it became version 1");
    }

    [OneTimeTearDown]
    public async Task StopEverything() => await _system.DisposeAsync();

    [Test, Order(1)]
    public async Task DatasetThatIsCopiedSlowlyIsServedUnderLoadWithoutALostAnswer()
    {
        var rows = await File.ReadAllBytesAsync(_system.OtherDataset(seed: 77));
        await using var load = await _system.StartLoad();
        await load.Answers(100);

        await using (var copy = new FileStream(Path.Combine(DropFolder, "slow.csv"), FileMode.CreateNew))
        {
            await copy.WriteAsync(rows.AsMemory(0, rows.Length / 2));
            await copy.FlushAsync();
            await Watch.Says("seen .*slow.csv");
            await copy.WriteAsync(rows.AsMemory(rows.Length / 2));
        }

        await Watch.Says("serving .*version 2 is served on blue and green, .* after slow.csv arrived");
        await load.Answers(100);
        var result = await load.Stop();

        Assert.That(result.Lost, Is.Empty);
        Assert.That(result.Mixed, Is.Empty);
        Assert.That(result.Versions, Is.EqualTo(new[] { "1", "2" }));
        var dataset = (await Versions.GetAsync(LocalSystem.Model, 2, default))!.Lineage.Dataset;
        Assert.That(dataset.Sha256, Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(rows))), "the half was never trained on");
        Assert.That(Directory.EnumerateDirectories(Jobs, $"{LocalSystem.Model}-*").Count(), Is.EqualTo(2));
    }

    [Test, Order(2)]
    public async Task RefusedDatasetChangesNothing()
    {
        File.Move(_system.NoiseDataset(), Path.Combine(DropFolder, "noise.csv"));
        await Watch.Says("refused .*FAIL metric averagePrecision");
        await Watch.Says("refused .*noise.csv produced no version");

        Assert.That(await LiveVersion(), Is.EqualTo("2"));
    }

    [Test, Order(3)]
    public async Task OtherCommandsRunDuringAnIdleWatchAndASecondWatchDoesNot()
    {
        await _system.Succeeds(_system.Run("Rollback", "--to=1"));
        var second = await _system.Run("Watch");

        Assert.That(await LiveVersion(), Is.EqualTo("1"));
        Assert.That(second.ExitCode, Is.EqualTo(1));
        Assert.That(second.All, Does.Contain("already being watched: Watch, process"));
    }

    [Test, Order(4)]
    public async Task JobWhoseWatcherAndTrainerAreKilledIsDoneOnce()
    {
        File.Move(_system.OtherDataset(seed: 78), Path.Combine(DropFolder, "killed.csv"));
        await Watch.Says("training .*killed.csv");
        var orphan = await TrainerProcess();
        await Watch.Kill();

        _system.Begin("Watch");
        await Watch.Says("training .*killed.csv.* begun before");
        var trainer = await TrainerProcess(besides: orphan);
        Assert.That(LocalSystem.IsAlive(orphan), Is.False);
        using (var process = Process.GetProcessById(trainer))
            process.Kill();
        await Watch.Says("serving .*version 3 is served");

        var made = new List<string>();
        await foreach (var version in Versions.ListAsync(LocalSystem.Model, default))
            made.Add((await Versions.GetAsync(LocalSystem.Model, version, default))!.Lineage.Dataset.Key.Split('/')[^1]);
        Assert.That(made, Is.EqualTo(new[] { "ai4i2020.csv", "slow.csv", "killed.csv" }));
        Assert.That(await LiveVersion(), Is.EqualTo("3"));
    }

    [Test, Order(5)]
    public async Task StopInTheMiddleOfAJobEndsWithZeroAndLeavesNoTrainer()
    {
        File.Move(_system.OtherDataset(seed: 79), Path.Combine(DropFolder, "stopped.csv"));
        await Watch.Says("training .*stopped.csv");
        var trainer = await TrainerProcess();

        Assert.That(await Watch.Stop(), Is.Zero);
        Assert.That(LocalSystem.IsAlive(trainer), Is.False);
        Assert.That(Watch.Output, Does.Contain("was interrupted"));
        Assert.That(await LiveVersion(), Is.EqualTo("3"));
    }

    private RunningTarget Watch => _system.Running;

    private ModelVersions Versions => new(_system.Store);

    private string DropFolder => Path.Combine(_system.Folder, "store", "datasets", LocalSystem.Model);

    private string Jobs => Path.Combine(_system.Folder, "store", "training-jobs");

    // The runner records which process it started.
    private async Task<int> TrainerProcess(int? besides = null)
    {
        using var deadline = new CancellationTokenSource(Timeout);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            foreach (var record in Directory.EnumerateFiles(Path.Combine(_system.Folder, "work", "training-jobs"), "trainer.process", SearchOption.AllDirectories))
                if (int.TryParse((await File.ReadAllTextAsync(record, deadline.Token)).Split(' ')[0], CultureInfo.InvariantCulture, out var id) && id != besides)
                    return id;
            await timer.WaitForNextTickAsync(deadline.Token);
        }
    }

    private async Task<string> LiveVersion()
    {
        using var answer = await _system.Predict();
        return answer.Headers.GetValues(SlipwayHeaders.ModelVersion).Single();
    }
}
