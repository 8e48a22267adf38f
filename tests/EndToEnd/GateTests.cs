using Slipway.Registry.Artifacts;
using Slipway.Registry.Manifests;
using Slipway.Registry.Storage;

namespace Slipway.EndToEnd.Tests;

/// <summary>What a pull request reports about its models, with real trainings, in a clone whose model.json the tests change.</summary>
public sealed class GateTests
{
    // the cheapest to train
    private const string Spoiled = "tumor-diagnosis", Sound = "penguins";

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("slipway-gate-");
    private RepositoryClone _clone = null!;
    private DirectoryObjectStore _store = null!;
    private HostRun _run = null!;

    private string Summary => Path.Combine(_home.FullName, "summary.md");

    [OneTimeSetUp]
    public async Task TrainSpoilAndTry()
    {
        _clone = await RepositoryClone.Of(BuildHost.Repository, Path.Combine(_home.FullName, "clone"));
        CopyTrainer();
        _store = new(Path.Combine(_home.FullName, "local", "store"));
        var trained = await _clone.Host(_home.FullName).Run("Train", $"--model={Spoiled}");
        Assert.That(trained.ExitCode, Is.Zero, trained.All);

        await Change(Spoiled, "\"recall\": { \"atLeast\": 0.85 }", "\"recall\": { \"atLeast\": 0.999 }");
        await Change(Sound, "\"seed\": 1", "\"seed\": 2");
        var job = new BuildHost(_home.FullName, _clone.Root, new Dictionary<string, string>
        {
            ["GITHUB_ACTIONS"] = "true",
            ["GITHUB_STEP_SUMMARY"] = Summary,
        });
        _run = await job.Run("GateModels", "--environment=local", "--base=HEAD");
    }

    [OneTimeTearDown]
    public void Remove() => TestFolder.Remove(_home);

    [Test]
    public void RefusalEndsWithThreeAfterEveryTouchedModelWasTried()
    {
        Assert.That(_run.ExitCode, Is.EqualTo(3), _run.All);
        Assert.That(_run.Output, Does.Contain($"1 of 2: {Sound}").And.Contain($"2 of 2: {Spoiled}"));
    }

    [Test]
    public async Task TableSaysWhichGateAndComparesWithWhatIsServed()
    {
        var table = (await File.ReadAllLinesAsync(Summary)).Where(line => line.StartsWith('|')).ToList();

        Assert.That(table[2], Does.StartWith($"| **REFUSED** | {Spoiled} | averagePrecision |").And.Contain("version\u00a01 | equal | **1 of 15 failed**<br>metric recall "));
        Assert.That(table[3], Does.StartWith($"| pass | {Sound} | accuracy |").And.Contain("no version in local yet"));
    }

    [Test]
    public async Task AnnotationIsNextToTheGate()
    {
        var spec = await File.ReadAllLinesAsync(Spec(Spoiled));
        var line = Array.FindIndex(spec, text => text.Contains("0.999", StringComparison.Ordinal)) + 1;

        Assert.That(_run.Output, Does.Contain($"::error file=training/models/{Spoiled}/model.json,line={line},"));
    }

    [Test]
    public void EachModelHasItsReport()
    {
        foreach (var model in new[] { Spoiled, Sound })
            Assert.That(_clone.At("artifacts", "gates", model, "report.html"), Does.Exist);
    }

    [Test]
    public async Task NothingIsPublished()
    {
        Assert.That(await new ModelVersions(_store).ListAsync(Spoiled, default).ToListAsync(), Is.EqualTo(new[] { 1 }));
        Assert.That(await new ModelVersions(_store).ModelsAsync(default), Is.EqualTo(new[] { Spoiled }));
    }

    // the build output here is what the clone would build
    private void CopyTrainer()
    {
        var (from, to) = (Path.Combine(BuildHost.Repository, "training", "Trainer", "bin"), _clone.At("training", "Trainer", "bin"));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(from, BuildHost.Configuration), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private string Spec(string model) => _clone.At("training", "models", model, ArtifactFiles.Spec);

    private async Task Change(string model, string from, string to)
    {
        var spec = await File.ReadAllTextAsync(Spec(model));
        Assert.That(spec, Does.Contain(from), "the text to change must exist");
        await File.WriteAllTextAsync(Spec(model), spec.Replace(from, to, StringComparison.Ordinal));
    }
}
