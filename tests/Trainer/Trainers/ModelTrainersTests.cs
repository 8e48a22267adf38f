using Slipway.Registry;
using Slipway.Registry.Models;
using Slipway.Trainer.Candidates;
using Slipway.Trainer.Tests.Data;
using Slipway.Trainer.Tests.Job;
using Slipway.Trainer.Trainers;
using Slipway.Trainer.Trainers.LightGbm;

namespace Slipway.Trainer.Tests.Trainers;

public sealed class ModelTrainersTests
{
    private static readonly ModelSpec Spec = SampleModels.Spec(SampleModels.TumorDiagnosis);

    private static IReadOnlyList<string> BuiltIn => TrainerNames.BuiltIn;

    [Test]
    public void KnowsEveryTrainerForEveryTask([ValueSource(nameof(BuiltIn))] string name, [Values] ModelTask task)
    {
        var trainer = ModelTrainers.All.For(Spec with { Trainer = name, Task = task });

        Assert.That((trainer.Name, trainer.Task), Is.EqualTo((name, task)));
    }

    [Test]
    public void SuggestsTheTrainerThatWasMeant() =>
        Assert.That(() => ModelTrainers.All.For(Spec with { Trainer = "lightgm" }),
            Throws.TypeOf<SlipwayException>().With.Message.Contains("There is no trainer 'lightgm'. Did you mean LightGBM?"));

    [Test]
    public void SaysHowVersionsOfAnOutsideModelComeIn() =>
        Assert.That(() => ModelTrainers.All.For(Spec with { Trainer = TrainerNames.Imported }),
            Throws.TypeOf<SlipwayException>().With.Message.Contains("--target=Register"));

    [Test]
    public void NamesThePlatformAndWhatTrainsThereWhereLightGbmDoesNotLoad() =>
        Assert.That(() => TrainingData.Of(SampleModels.TumorDiagnosis).Fit(new LightGbmBinary(LightGbmLibrary.Explain("linux-arm64", isThere: false))),
            Throws.TypeOf<SlipwayException>().With.Message.EqualTo(
                "LightGBM has no native library for this platform (linux-arm64). " +
                "To train here, set 'trainer' in model.json to boostedTrees, which uses FastTree if LightGBM cannot be loaded."));

    [Test]
    public void RefusesAFitThatCannotFitAndSaysTheFigures() =>
        Assert.That(() => FitMemoryPolicy.Check(estimate: 12_340_000_000, available: 8_000_000_000, rows: 1000, features: 9),
            Throws.TypeOf<SlipwayException>().With.Message.Contains("needs about 12.34 GB, but only 8.00 GB"));

    [Test]
    public void EstimatesMoreMemoryForMoreRows([ValueSource(nameof(BuiltIn))] string name, [Values] ModelTask task)
    {
        var trainer = ModelTrainers.All.For(Spec with { Trainer = name, Task = task });
        var defaults = HyperparameterSet.Resolve(name, trainer.Hyperparameters, null, new Dictionary<string, string>());
        var classes = task switch { ModelTask.Binary => 2, ModelTask.Multiclass => 4, _ => 0 };
        var source = new FittedCandidate(trainer, defaults, seed: 1, TimeProvider.System);

        Assert.That(FitMemoryPolicy.Estimate(source, 1_000_000_000, new(600_000_000, 50, classes)), Is.GreaterThan(200_000_000_000));
        Assert.That(FitMemoryPolicy.Estimate(source, 10_000, new(6_000, 8, classes)), Is.LessThan(170_000_000));
    }
}
