using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Lineages;
using Slipway.Registry.Models;
using Slipway.Registry.Rows;
using Slipway.Trainer.Export;
using Slipway.Trainer.Tests.Data;
using Slipway.Trainer.Tests.Job;
using Slipway.Trainer.Trainers;

namespace Slipway.Trainer.Tests.Trainers.BoostedTrees;

/// <summary>One name for both libraries: the same hyperparameters reach the one that is there.</summary>
public sealed class BoostedTreesTests
{
    private static readonly Dictionary<string, double> Values = new()
    {
        ["numberOfTrees"] = 12,
        ["numberOfLeaves"] = 5,
        ["learningRate"] = 0.3,
        ["minimumExampleCountPerLeaf"] = 7,
        ["maximumBinCountPerFeature"] = 63,
        ["featureFraction"] = 0.6,
    };

    private static ModelTrainers Everywhere => ModelTrainers.All;

    [Test]
    public void AreLightGbmsWhereItLoads([Values] ModelTask task) =>
        Assert.That(Fit(Everywhere, task, TrainerNames.BoostedTrees, Values), Is.EqualTo(Fit(Everywhere, task, TrainerNames.LightGbm, Named("numberOfIterations"))));

    [Test]
    public void AreFastTreesWhereItDoesNot([Values] ModelTask task) =>
        Assert.That(Fit(WithoutLightGbm.Trainers, task, TrainerNames.BoostedTrees, Values), Is.EqualTo(Fit(Everywhere, task, TrainerNames.FastTree, Values)));

    [Test]
    public void CarryEveryHyperparameterOver([ValueSource(nameof(Changes))] (string Name, double Value) change, [Values] bool withLightGbm)
    {
        var trainers = withLightGbm ? Everywhere : WithoutLightGbm.Trainers;
        var changed = new Dictionary<string, double>(Values) { [change.Name] = change.Value };

        Assert.That(
            Fit(trainers, ModelTask.Binary, TrainerNames.BoostedTrees, changed), Is.Not.EqualTo(Fit(trainers, ModelTask.Binary, TrainerNames.BoostedTrees, Values)));
    }

    [Test]
    public async Task TellTheirLibraryToLogLineageAndModelCard()
    {
        using var room = await new JobRoom().GiveModel(SampleModels.FuelEconomy).SucceedAsync(WithoutLightGbm.Trainers);
        var evidence = room.Read(ArtifactFiles.Training, RegistryJson.Default.TrainingEvidence);

        Assert.That(room.Output, Does.Contain("LightGBM has no native library for this platform (linux-arm64). FastTree is used instead.").And.Contain("Fitted boostedTrees (FastTree)"));
        Assert.That((evidence.Trainer, TreeLibrary.Of(evidence.Libraries)), Is.EqualTo(("boostedTrees", "FastTree")));
        Assert.That(evidence.Hyperparameters.Keys, Does.Contain("numberOfTrees"), "the names are those of model.json, whichever library it is");
        Assert.That(room.ReadText("model/model-card.md"), Does.Contain("tree_library: FastTree").And.Contain("- boostedTrees (FastTree) with numberOfTrees 200"));
    }

    private static IEnumerable<(string, double)> Changes() =>
        [("numberOfTrees", 13), ("numberOfLeaves", 9), ("learningRate", 0.31), ("minimumExampleCountPerLeaf", 60), ("maximumBinCountPerFeature", 9), ("featureFraction", 0.2)];

    private static Dictionary<string, double> Named(string trees) => Values.ToDictionary(value => value.Key == "numberOfTrees" ? trees : value.Key, value => value.Value);

    private static byte[] Fit(ModelTrainers trainers, ModelTask task, string name, Dictionary<string, double> values)
    {
        var data = TrainingData.Of(task switch
        {
            ModelTask.Binary => SampleModels.TumorDiagnosis,
            ModelTask.Multiclass => SampleModels.Penguins,
            _ => SampleModels.FuelEconomy,
        });
        var trainer = trainers.For(data.Spec with { Trainer = name });
        var hyperparameters = HyperparameterSet.Resolve(name, trainer.Hyperparameters, values, new Dictionary<string, string>());
        return OnnxWriter.Write(
            trainer.Fit(new(data.Rows.Training, FeatureEncoder.FeatureNames(data.Columns), data.Survey.Label.Classes, hyperparameters, Seed: 1)).ToOnnx(), []);
    }
}
