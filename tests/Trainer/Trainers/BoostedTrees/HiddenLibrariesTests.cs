using System.Runtime.InteropServices;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Models;
using Slipway.Trainer.Tests.Job;
using Slipway.Trainer.Tests.Proposals;
using Slipway.Trainer.Trainers.FastTree;

namespace Slipway.Trainer.Tests.Trainers.BoostedTrees;

/// <summary>The trainer as a process on a machine that has neither LightGBM's nor FastTree's native library, which is every Arm machine.</summary>
public sealed class HiddenLibrariesTests
{
    private readonly HiddenLibraries _trainer = new("lib_lightgbm", "FastTreeNative");

    [OneTimeTearDown]
    public void Remove() => _trainer.Dispose();

    [TestCase(SampleModels.PredictiveMaintenance)]
    [TestCase(SampleModels.FuelEconomy)]
    public async Task TrainsTheSamplesAsFastTreeDoesWithItsLibrary(string model)
    {
        using var hidden = new JobRoom().GiveModel(model);
        var (code, output) = await _trainer.RunAsync("train", $"--root={hidden.Root}");
        using var native = await new JobRoom().GiveModel(model).SucceedAsync(WithoutLightGbm.Trainers);

        Assert.That(code, Is.Zero, output);
        Assert.That(output, Does.Contain($"LightGBM has no native library for this platform ({RuntimeInformation.RuntimeIdentifier}). FastTree is used instead."));
        Assert.That(hidden.Bytes(ArtifactFiles.Onnx), Is.EqualTo(native.Bytes(ArtifactFiles.Onnx)), "managed and native code of FastTree grow the same trees");
        Assert.That(
            hidden.Read(ArtifactFiles.Training, RegistryJson.Default.TrainingEvidence).Libraries.Keys, Does.Not.Contain("LightGBM"), "it had no part in it");
    }

    [Test]
    public async Task ForcesTheManagedCodeWhereTheLibraryIsThere([Values] ModelTask task)
    {
        var model = task switch { ModelTask.Binary => SampleModels.TumorDiagnosis, ModelTask.Multiclass => SampleModels.Penguins, _ => SampleModels.FuelEconomy };
        using var managed = Room(model, TrainerNames.FastTree);
        using var native = await Room(model, TrainerNames.FastTree).SucceedAsync();

        using var output = new StringWriter();
        Assert.That(await ManagedFastTree.Forced()(["train", $"--root={managed.Root}"], output, output, TimeProvider.System), Is.Zero, output.ToString());
        Assert.That(managed.Bytes(ArtifactFiles.Onnx), Is.EqualTo(native.Bytes(ArtifactFiles.Onnx)));
    }

    [Test]
    public async Task SaysWhichLibraryGrowsTheTrees()
    {
        using var output = new StringWriter();
        Assert.That(await TrainerProgram.RunAsync(["library"], output, output, TimeProvider.System), Is.Zero);

        Assert.That(output.ToString().Trim(), Is.EqualTo("LightGBM"));
        Assert.That(await _trainer.RunAsync("library"), Is.EqualTo((0, $"FastTree{Environment.NewLine}")));
    }

    [Test]
    public async Task SaysByNameThatLightGbmIsNotThereAndWhatTrains()
    {
        using var room = Room(SampleModels.TumorDiagnosis, TrainerNames.LightGbm);
        var (code, output) = await _trainer.RunAsync("train", $"--root={room.Root}");

        Assert.That(code, Is.EqualTo(1));
        Assert.That(output, Does.Contain($"({RuntimeInformation.RuntimeIdentifier}). To train here, set 'trainer' in model.json to boostedTrees").And.Not.Contain("defect"));
    }

    [Test]
    public async Task SaysHowToGetLibgompAndGoesOnWithoutIt()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
            Assert.Ignore("Not applicable: only LightGBM's library for Linux on x64 needs libgomp.");
        using var trainer = new HiddenLibraries("FastTreeNative.so.dbg");
        AskForAnotherLibgomp(trainer.At("lib_lightgbm.so"));
        using var room = new JobRoom().GiveModel(SampleModels.FuelEconomy);
        var (code, output) = await trainer.RunAsync("train", $"--root={room.Root}");

        Assert.That(code, Is.Zero, output);
        Assert.That(output, Does.Contain("apt-get install libgomp1").And.Contain("FastTree is used instead").And.Contain("Fitted boostedTrees (FastTree)"));
    }

    [Test]
    public async Task ProposesBoostedTreesWhoseGatesHold()
    {
        using var room = new ProposalRoom().Give(MadeUpCsv.Of(900, MadeUpCsv.Binary));
        var (code, output) = await _trainer.RunAsync("propose", $"--dataset={room.Csv}", "--label=outcome", "--model=new-model", $"--output={room.Output}");

        Assert.That(code, Is.Zero, output);
        Assert.That(output, Does.Contain("boostedTrees").And.Not.Contain("LightGBM:"));
        await room.ShouldPassItsOwnGates();
    }

    private static JobRoom Room(string model, string trainer)
    {
        var room = new JobRoom().GiveModel(model);
        var spec = SampleModels.Spec(model);
        return room.GiveSpec(System.Text.RegularExpressions.Regex.Replace(
            room.ReadText("input/data/spec/model.json").Replace($"\"trainer\": \"{spec.Trainer}\"", $"\"trainer\": \"{trainer}\"", StringComparison.Ordinal),
            "\"hyperparameters\": \\{[^}]*\\},", ""));
    }

    // as on a machine without it: the loader searches for a name that does not exist
    private static void AskForAnotherLibgomp(string library)
    {
        var bytes = File.ReadAllBytes(library);
        var at = bytes.AsSpan().IndexOf("libgomp.so.1\0"u8);
        Assert.That(at, Is.Positive);
        bytes[at + 6] = (byte)'q';
        File.WriteAllBytes(library, bytes);
    }
}
