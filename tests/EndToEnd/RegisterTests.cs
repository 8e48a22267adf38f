using System.Text.Json.Nodes;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Manifests;

namespace Slipway.EndToEnd.Tests;

/// <summary>A version of a model that comes as an ONNX file: here the one that was trained a moment before, as if another tool had made it.</summary>
public sealed class RegisterTests
{
    private const string Model = "penguins";

    private readonly LocalSystem _system = new();

    private string Onnx => Path.Combine(_system.Home, "outside", ArtifactFiles.Onnx);
    private string Golden => Path.Combine(_system.Home, "outside", ArtifactFiles.Golden);

    [OneTimeSetUp]
    public async Task TrainTheModelThatWillComeFromElsewhere()
    {
        await _system.Succeeds(_system.Run("Train", $"--model={Model}"));
        var manifest = await new ModelVersions(_system.Store).GetAsync(Model, 1, default);
        await new ArtifactFetcher(_system.Store).FetchAsync(manifest!.Artifact, Path.GetDirectoryName(Onnx)!, default);
    }

    [OneTimeTearDown]
    public async Task StopEverything() => await _system.DisposeAsync();

    [Test]
    [Order(1)]
    public async Task RefusesAModelThatDoesNotGiveItsGoldenAnswers()
    {
        var golden = JsonNode.Parse(await File.ReadAllTextAsync(Golden))!;
        golden["outputs"]![0]![0] = 0.123;
        var wrong = Path.Combine(_system.Home, "wrong.json");
        await File.WriteAllTextAsync(wrong, golden.ToJsonString());

        var run = await _system.Run("Register", $"--model={Model}", $"--onnx={Onnx}", $"--golden={wrong}");

        Assert.That(run.ExitCode, Is.EqualTo(1), run.All);
        Assert.That(run.All, Does.Contain("The model predicts").And.Contain("for golden record 1").And.Contain("but golden.json has 0.123"));
        Assert.That(await Versions(), Is.EqualTo(new[] { 1 }));
    }

    [Test]
    [Order(2)]
    public async Task PutsItThroughTheGatesOfTheModel()
    {
        var run = await _system.Succeeds(_system.Run("Register", $"--model={Model}", $"--onnx={Onnx}", $"--golden={Golden}"));
        var manifest = await new ModelVersions(_system.Store).GetAsync(Model, 2, default);

        Assert.That(run.Output, Does.Contain($"became '{Model}' version 2").And.Match("pass +metric accuracy"));
        Assert.That(manifest!.Lineage.Imported, Is.Not.Null);
        Assert.That(await _system.Store.HeadAsync(StoreKeys.TrainingLog(manifest.Lineage.TrainingJob)), Is.Not.Null);
        Assert.That(manifest.Lineage.Parent, Is.EqualTo(1));
        Assert.That(manifest.Metrics.Holdout["accuracy"].Value, Is.EqualTo(manifest.Metrics.Champion!["accuracy"].Value), "it is the champion itself");
    }

    [Test]
    [Order(3)]
    public async Task RegistersTheSameFileOnce()
    {
        var run = await _system.Succeeds(_system.Run("Register", $"--model={Model}", $"--onnx={Onnx}", $"--golden={Golden}"));

        Assert.That(run.Output, Does.Contain("Nothing to do"));
        Assert.That(await Versions(), Is.EqualTo(new[] { 1, 2 }));
    }

    [Test]
    [Order(4)]
    public async Task SaysThatThereIsNothingToReproduce()
    {
        var run = await _system.Run("Reproduce", $"--model={Model}", "--version=2");

        Assert.That(run.ExitCode, Is.EqualTo(1), run.All);
        Assert.That(run.All, Does.Contain("elsewhere"));
    }

    [TestCase("--onnx=nowhere.onnx", "--golden=nowhere.json", 2, "does not exist")]
    [TestCase("--onnx=README.md", "--golden=README.md", 1, "ONNX")]
    public async Task SaysWhatIsWrongWithTheFiles(string onnx, string golden, int code, string reason)
    {
        var run = await _system.Run("Register", $"--model={Model}", onnx, golden);

        Assert.That(run.ExitCode, Is.EqualTo(code), run.All);
        Assert.That(run.All, Does.Contain(reason));
    }

    private async Task<int[]> Versions() => [.. await new ModelVersions(_system.Store).ListAsync(Model, default).ToListAsync()];
}
