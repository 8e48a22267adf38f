using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Slipway.Automation.Local;
using Slipway.Registry;
using Slipway.Registry.Lineages;
using Slipway.Registry.Manifests;
using Slipway.Registry.Storage;

namespace Slipway.EndToEnd.Tests;

/// <summary>
/// A version is made again in another clone, at another commit with another trainer, in a dirty tree, after its dataset was replaced.
/// </summary>
public sealed class ReproduceTests
{
    private const string Model = "seeded";

    // Columns are drawn for each tree, so that the seed decides about the bytes.
    private const string Spec =
        """
        {
          "description": "Tumors once more, by trees that depend on their seed", "task": "binary",
          "dataset": { "file": "tumors.csv" }, "label": "diagnosis", "positive": "M", "id": ["id"],
          "features": { "radius_mean": "numeric", "texture_mean": "numeric", "area_mean": "numeric", "smoothness_mean": "numeric", "symmetry_mean": "numeric" },
          "trainer": "FastTree", "hyperparameters": { "featureFraction": 0.4, "numberOfTrees": 20 }, "seed": 3,
          "gates": { "metrics": { "auc": { "atLeast": 0.5 } } },
        }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("slipway-reproduce-").FullName;
    private RepositoryClone _first = null!;
    private RepositoryClone _second = null!;
    private DirectoryObjectStore _store = null!;

    private string Home => Path.Combine(_folder, "home");
    private string Work => Path.Combine(Home, "local", "work");

    [OneTimeSetUp]
    public async Task TrainInOneCloneAndMakeAnotherThatWentOn()
    {
        if (!Path.Exists(Path.Combine(BuildHost.Repository, ".git")))
            Assert.Ignore("This is not a git checkout, so there is no commit to reproduce from. Run these tests in a clone of the repository.");

        _store = new(Path.Combine(Home, "local", "store"));
        _first = await RepositoryClone.Of(BuildHost.Repository, Path.Combine(_folder, "first"));
        await AddModel();
        await _first.BuildTrainer();
        await Succeeds(_first, "Train", $"--model={Model}");
        await ReplaceTheDatasetInADirtyTree();

        File.Delete(_first.At("training", "Trainer", "Program.cs"));
        await _first.Commit("A trainer that cannot be built");
        _second = await RepositoryClone.Of(_first.Root, Path.Combine(_folder, "second"));
        await File.WriteAllTextAsync(_second.At("training", "models", Model, "model.json"), "{ somebody is at work here");
    }

    [OneTimeTearDown]
    public void DeleteAll() => TestFolder.Remove(_folder);

    [Test]
    public async Task VersionIsMadeAgainToTheByteElsewhereAndNothingIsChanged()
    {
        var (store, clone) = (Content(), await _second.State());
        var manifest = await Manifest(1);

        var run = await Succeeds(_second, "Reproduce", $"--model={Model}", "--version=1");

        Assert.That(run.Output, Does.Contain($"'{Model}' version 1 is reproducible"));
        Assert.That(run.Output, Does.Match($"expected +{manifest.Artifact.OnnxSha256}").And.Match($"actual +{manifest.Artifact.OnnxSha256}"));
        Assert.That(run.Output, Does.Contain(manifest.Lineage.Source.Commit).And.Contain(manifest.Lineage.Dataset.Sha256));
        Assert.That(Content(), Is.EqualTo(store));
        Assert.That(await _second.State(), Is.EqualTo(clone));
        Assert.That(Directory.EnumerateDirectories(Work, "reproduce-*"), Is.Empty);
    }

    [Test]
    public async Task AnotherSeedGivesOtherBytes()
    {
        var manifest = await Manifest(1);

        Assert.That(await Replay(manifest.Lineage), Is.EqualTo(manifest.Artifact.OnnxSha256));
        Assert.That(await Replay(manifest.Lineage with { Seed = 4 }), Is.Not.EqualTo(manifest.Artifact.OnnxSha256));
    }

    [Test]
    public async Task VersionOfADirtyTreeIsNotReproducibleAndSaysSoAtOnce()
    {
        var run = await _second.Host(Home).Run("Reproduce", $"--model={Model}", "--version=2");

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.All, Does.Contain("is not reproducible").And.Contain("uncommitted changes").And.Not.Contain("==>"));
    }

    [Test]
    public async Task StoppedReproductionLeavesNothingBehind()
    {
        var clone = await _second.State();
        using var process = _second.Host(Home).Start("Reproduce", $"--model={Model}", "--version=1");
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var errors = process.StandardError.ReadToEndAsync(deadline.Token);
        while (await process.StandardOutput.ReadLineAsync(deadline.Token) is { } line && line != "==> Build its trainer")
            TestContext.Out.WriteLine(line);
        Assert.That(await _second.State(), Is.Not.EqualTo(clone), "the worktree exists while it runs");
        Terminate(process);
        await process.StandardOutput.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);

        Assert.That(process.ExitCode, Is.EqualTo(1), await errors);
        Assert.That(await errors, Does.Contain("Stopped").And.Contain("nothing was changed"));
        Assert.That(await _second.State(), Is.EqualTo(clone));
        Assert.That(Directory.EnumerateDirectories(Work, "reproduce-*"), Is.Empty);
    }

    [Test]
    public async Task HistoryAndRollbackKnowAModelWhoseFolderIsNowhere()
    {
        var elsewhere = new BuildHost(Home);

        var verified = await elsewhere.Run("History", $"--model={Model}", "--verify");
        Assert.That(verified.ExitCode, Is.Zero);
        Assert.That(verified.Output, Does.Contain("Everything is unmodified: 2 entries, 2 versions with their artifacts and signatures, 2 channels."));

        var live = await elsewhere.Run("History", $"--model={Model}", "--at=2020-01-01");
        Assert.That(live.Output, Does.Contain($"'{Model}': nothing was live at 2020-01-01 00:00:00 UTC"));

        var back = await elsewhere.Run("Rollback", $"--model={Model}", "--to=1");
        Assert.That(back.Output, Does.Contain($"Rolled back '{Model}' from version 2 to 1. Version 2 is blocked"));

        await File.AppendAllTextAsync(Path.Combine(_store.Root, StoreKeys.Version(Model, 2)), " ");
        var changed = await elsewhere.Run("History", $"--model={Model}", "--verify");
        Assert.That(changed.ExitCode, Is.EqualTo(1));
        Assert.That(changed.Output, Does.Contain($"The manifest of {Model} version 2 was modified"));
    }

    private async Task AddModel()
    {
        var folder = _first.At("training", "models", Model);
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "model.json"), Spec);
        File.Copy(_first.At("training", "models", "tumor-diagnosis", "breast-cancer-wisconsin-diagnostic.csv"), Path.Combine(folder, "tumors.csv"));
        await _first.Commit("Add a model");
    }

    // under the same key in the store, from a tree with changes
    private async Task ReplaceTheDatasetInADirtyTree()
    {
        var newer = Path.Combine(_folder, "tumors.csv");
        await File.WriteAllLinesAsync(newer, (await File.ReadAllLinesAsync(_first.At("training", "models", Model, "tumors.csv"))).Take(400));
        await File.WriteAllTextAsync(_first.At("notes.txt"), "not committed");
        var run = await Succeeds(_first, "Train", $"--model={Model}", $"--dataset={newer}");
        File.Delete(_first.At("notes.txt"));
        Assert.That(run.Output, Does.Contain($"'{Model}' will not be reproducible: there are uncommitted changes"));
    }

    private async Task<string> Replay(Lineage lineage)
    {
        using var replay = await TrainingReplay.PrepareAsync(_store, lineage, Path.Combine(_folder, "replay"), default);
        var trainer = new TrainerProcess(_first.Trainer, TimeSpan.FromMinutes(1), TimeProvider.System);
        return (await replay.RunAsync(trainer, TestContext.Out.WriteLine, default)).OnnxSha256;
    }

    private async Task<HostRun> Succeeds(RepositoryClone clone, string target, params string[] arguments)
    {
        var run = await clone.Host(Home).Run(target, arguments);
        Assert.That(run.ExitCode, Is.Zero, $"{target} failed:\n{run.All}");
        return run;
    }

    private async Task<ModelManifest> Manifest(int version) => (await new ModelVersions(_store).GetAsync(Model, version, default))!;

    private Dictionary<string, string> Content() => Directory
        .EnumerateFiles(_store.Root, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
        .ToDictionary(path => path, path => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path))));

    // as when a CI job is stopped; kill is a builtin of every shell, but not always a program
    private static void Terminate(Process process)
    {
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -TERM {process.Id.ToString(CultureInfo.InvariantCulture)}"]);
        kill.WaitForExit();
    }
}
