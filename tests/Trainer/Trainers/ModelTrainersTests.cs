using Slipway.Registry;

namespace Slipway.Trainer.Tests;

public sealed class ModelTrainersTests
{
    private static readonly ModelSpec Spec = SampleModels.Spec(SampleModels.TumorDiagnosis);

    [TestCase(TrainerKind.LightGBM)]
    [TestCase(TrainerKind.FastTree)]
    [TestCase(TrainerKind.Linear)]
    public void KnowsEveryTrainerOfBinaryModels(TrainerKind kind) =>
        Assert.That(ModelTrainers.BuiltIn.For(Spec with { Trainer = kind }).Kind, Is.EqualTo(kind));

    [Test]
    public void SaysWhatThereIsForAnotherTask() =>
        Assert.That(() => ModelTrainers.BuiltIn.For(Spec with { Task = ModelTask.Regression }),
            Throws.TypeOf<SlipwayException>().With.Message.Contains("No trainer learns regression models with Linear. There are: LightGBM (binary)"));

    [Test]
    public void NamesTheAlternativesWhereLightGbmIsNotInstalled() =>
        Assert.That(() => TrainingData.Of(SampleModels.TumorDiagnosis).Fit(new LightGbmTrainer(isInstalled: () => false)),
            Throws.TypeOf<SlipwayException>().With.Message.Contains("Set 'trainer' in model.json to FastTree or linear"));

    [Test]
    public void RefusesAFitThatCanNotFitAndSaysTheFigures() =>
        Assert.That(() => FitMemoryPolicy.Check(estimate: 12_340_000_000, available: 8_000_000_000, rows: 1000, features: 9),
            Throws.TypeOf<SlipwayException>().With.Message.Contains("takes about 12.34 GB, but only 8.00 GB"));

    [Test]
    public void EstimatesMoreMemoryForMoreRows([Values] TrainerKind kind)
    {
        var trainer = ModelTrainers.BuiltIn.For(Spec with { Trainer = kind });
        var defaults = HyperparameterSet.Resolve(kind, trainer.Hyperparameters, null, new Dictionary<string, string>());

        Assert.That(FitMemoryPolicy.Estimate(trainer, defaults, 1_000_000_000, 600_000_000, 50), Is.GreaterThan(200_000_000_000));
        Assert.That(FitMemoryPolicy.Estimate(trainer, defaults, 10_000, 6_000, 8), Is.LessThan(150_000_000));
    }
}
