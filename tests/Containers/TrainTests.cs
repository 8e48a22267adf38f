using Slipway.Build.Cli.Configuration;
using Slipway.Build.Images;
using Slipway.Build.Images.Docker;
using Slipway.Containers.Tests.TestSystems;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Manifests;

namespace Slipway.Containers.Tests;

/// <summary>The model image with the word 'train', as SageMaker runs it. That it trains, the store of these tests shows.</summary>
public sealed class TrainTests
{
    [Test]
    public async Task HasTrainedWhatIsServed()
    {
        var manifest = await new ModelVersions(TestSystem.Store.Objects).GetAsync(TestSystem.Model, 1, CancellationToken.None);

        Assert.That(manifest!.Lineage.Environment.Image, Is.EqualTo(TestSystem.Release[ImageName.Model].Id));
        Assert.That(await TestSystem.Store.Objects.HeadAsync(manifest.Artifact.Key), Is.Not.Null);
    }

    [Test]
    public void SaysWhyAJobCannotBe()
    {
        var root = Folder("spec is no JSON");

        Assert.That(Train(root), Is.EqualTo(1));
        Assert.That(File.ReadAllText(Path.Combine(root, "output", "failure")), Does.Contain("model.json"));
        Assert.That(Directory.EnumerateFiles(Path.Combine(root, "model")), Is.Empty);
    }

    [Test]
    public void RefusesAJobThatItsMemoryDoesNotHold()
    {
        var root = GoodFolder();

        Assert.That(Train(root, memory: 180), Is.EqualTo(1));
        Assert.That(File.ReadAllText(Path.Combine(root, "output", "failure")), Does.Contain("of memory is available"));
    }

    [Test]
    public async Task IsKilledWhereEvenThatIsTooMuch()
    {
        await using var container = Container.Start(Run(GoodFolder(), memory: 12));

        var end = await container.EndAsync();

        Assert.That(end.ExitCode, Is.EqualTo(137));
        // the engine may hear of the end before it hears why
        await Wait.ForAsync(() => container.State.OutOfMemory, () => "the engine says that memory was the reason.");
    }

    [Test]
    public async Task GivesUpAtOnceWhenItIsToldTo()
    {
        var root = GoodFolder();
        await using var container = Container.Start(Run(root, memory: 512));
        await Wait.ForAsync(() => container.Logs.Length > 0 || !container.State.Running, () => "the trainer says something.");

        TestSystem.Docker.Stop(container.Id, TimeSpan.FromSeconds(20));

        Assert.That(container.State.ExitCode, Is.EqualTo(1), "of its own will, not killed");
        Assert.That(File.ReadAllText(Path.Combine(root, "output", "failure")), Does.Contain("stopped from outside"));
    }

    [Test]
    public void WritesNowhereButWhereItMay()
    {
        int Generate(string path) => TestSystem.Docker.Run(Container.Restricted(
            TestSystem.ModelImage, "dotnet", "/app/Slipway.Trainer.dll", "generate", "--generator=ai4i2020", "--rows=1", "--seed=1", $"--output={path}"));

        Assert.That(Generate("/tmp/rows.csv"), Is.Zero);
        Assert.That(Generate("/app/rows.csv"), Is.Not.Zero);
        Assert.That(Generate("/home/app/rows.csv"), Is.Not.Zero);
        Assert.That(Generate("/var/rows.csv"), Is.Not.Zero);
    }

    private static int Train(string root, int memory = 512) => TestSystem.Docker.Run(Run(root, memory), TestContext.Progress.WriteLine);

    private static ContainerRun Run(string root, int memory) =>
        Container.Restricted(TestSystem.ModelImage, "train") with { Network = "none", MemoryLimit = memory, Mounts = [new(root, "/opt/ml")] };

    private static string GoodFolder()
    {
        var paths = Paths.Find(AppContext.BaseDirectory, AppContext.BaseDirectory);
        var root = Folder(File.ReadAllText(Path.Combine(paths.Model(TestSystem.Model), ArtifactFiles.Spec)));
        File.Move(Dataset.Generate(10_000, 3), Path.Combine(root, "input", "data", "training", "rows.csv"), overwrite: true);
        return root;
    }

    private static string Folder(string spec)
    {
        var root = Directories.ForEverybody("job");
        foreach (var folder in new[] { "input/config", "input/data/training", "input/data/spec", "model", "output" })
            Directory.CreateDirectory(Path.Combine(root, folder));
        File.WriteAllText(Path.Combine(root, "input", "data", "spec", ArtifactFiles.Spec), spec);
        File.WriteAllText(Path.Combine(root, "input", "config", "hyperparameters.json"), "{}");
        File.WriteAllText(Path.Combine(root, "input", "data", "training", "rows.csv"), "a,b\n1,2\n");
        return Directories.Open(root);
    }
}
