using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Trainer.Tests.Job;

namespace Slipway.Trainer.Tests.Plots;

public sealed class JobPlotsTests
{
    [TestCase("penguins", new[] { "calibration", "confusion", "importance" })]
    [TestCase("fuel-economy", new[] { "importance", "predictions", "residuals" })]
    public async Task JobLeavesThePlotsOfItsTaskInTheSameBytes(string model, string[] plots)
    {
        using var first = await new JobRoom().GiveModel(model).SucceedAsync();
        using var second = await new JobRoom().GiveModel(model).SucceedAsync();
        string[] files = [.. plots.Select(ArtifactFiles.Plot)];

        Assert.That(first.Files().Where(ArtifactFiles.IsPlot).Order(StringComparer.Ordinal), Is.SupersetOf(files), first.Output);
        foreach (var file in first.Files().Where(ArtifactFiles.IsPlot))
            Assert.That(second.Bytes(file), Is.EqualTo(first.Bytes(file)), file);
    }

    [TestCase("penguins")]
    [TestCase("fuel-economy")]
    public async Task JobMeasuresHowMuchEachColumnCounts(string model)
    {
        using var room = await new JobRoom().GiveModel(model).SucceedAsync();
        var importance = room.Read(ArtifactFiles.Metrics, RegistryJson.Default.ModelMetrics).Importance;

        Assert.That(importance!.Keys, Is.EquivalentTo(SampleModels.Spec(model).Features.Keys));
        Assert.That(importance.Values.Max(), Is.GreaterThan(0.05));
    }

    [Test]
    public async Task ChampionIsDrawnNextToTheCandidate()
    {
        using var first = await new JobRoom().GiveModel(SampleModels.TumorDiagnosis).SucceedAsync();
        using var second = await new JobRoom().GiveModel(SampleModels.TumorDiagnosis).GiveChampion(first.Bytes(ArtifactFiles.Onnx)).SucceedAsync();

        Assert.That(File.ReadAllText(Path.Combine(second.Root, "model", ArtifactFiles.Plot("precision-recall"))), Does.Contain("champion"));
    }
}
