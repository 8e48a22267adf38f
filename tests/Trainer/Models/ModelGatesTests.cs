using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Gates;
using Slipway.Trainer.Tests.Job;
using Slipway.Trainer.Tests.Trainers.BoostedTrees;

namespace Slipway.Trainer.Tests.Models;

/// <summary>Models of the repository with more or less than two classes, trained as Deploy does it.</summary>
public sealed class ModelGatesTests
{
    [TestCase(SampleModels.Penguins)]
    [TestCase(SampleModels.FuelEconomy)]
    public async Task PassTheirOwnGates(string model)
    {
        using var room = await new JobRoom().GiveModel(model).SucceedAsync();
        ShouldPass(model, room);
    }

    /// <summary>With LightGBM, the other tests prove it.</summary>
    [TestCase(SampleModels.PredictiveMaintenance)]
    [TestCase(SampleModels.FuelEconomy)]
    public async Task PassTheirOwnGatesWithTheTreesOfFastTree(string model)
    {
        using var room = await new JobRoom().GiveModel(model).SucceedAsync(WithoutLightGbm.Trainers);
        ShouldPass(model, room);
    }

    private static void ShouldPass(string model, JobRoom room)
    {
        var report = GatePolicy.Evaluate(
            SampleModels.Spec(model).Gates,
            room.Read(ArtifactFiles.Metrics, RegistryJson.Default.ModelMetrics), room.Read(ArtifactFiles.Schema, RegistryJson.Default.ModelSchema), champion: null);

        Assert.That(report.Verdicts, Has.Count.GreaterThan(8));
        Assert.That(report.Passed, Is.True, string.Join("\n", report.Verdicts.Where(verdict => !verdict.Passed).Select(verdict => $"{verdict.Rule}: {verdict.Reason}")));
    }
}
