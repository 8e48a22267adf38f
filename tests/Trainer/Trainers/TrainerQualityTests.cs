using Slipway.Registry.Evaluation;
using Slipway.Registry.Models;
using Slipway.Trainer.Tests.Data;
using Slipway.Trainer.Tests.Job;
using Slipway.Trainer.Trainers;

namespace Slipway.Trainer.Tests.Trainers;

/// <summary>Parity says that the export is the model. These say that the model has learned, and the right class under the right index.</summary>
public sealed class TrainerQualityTests
{
    private static IReadOnlyList<string> BuiltIn => TrainerNames.BuiltIn;

    [Test]
    public void DistinguishesPenguins([ValueSource(nameof(BuiltIn))] string trainer) =>
        Assert.That(Measure(TrainingData.Of(SampleModels.Penguins), trainer)["accuracy"], Is.GreaterThan(0.95));

    [Test]
    public void EstimatesMilesPerGallon([ValueSource(nameof(BuiltIn))] string trainer) =>
        Assert.That(Measure(TrainingData.Of(SampleModels.FuelEconomy), trainer)["rmse"], Is.LessThan(3.5));

    [Test]
    public void KeepsTheOrderOfClassesThatLookLikeNumbers([ValueSource(nameof(BuiltIn))] string trainer, [Values(2, 7)] int classes) =>
        Assert.That(Measure(SyntheticData.Classes(classes), trainer)["accuracy"], Is.GreaterThan(0.6), "chance is a half or a seventh");

    [Test]
    public void LearnsLabelsOfAnySize([ValueSource(nameof(BuiltIn))] string trainer, [Values(1e-6, 1e-3, 1, 1e6, 1e12)] double size) =>
        Assert.That(Measure(SyntheticData.Numbers(mean: 5 * size, spread: size), trainer)["r2"], Is.GreaterThan(0.85));

    private static Dictionary<string, double> Measure(TrainingData data, string trainer)
    {
        var model = data.Fit(ModelTrainers.All.For(data.Spec with { Trainer = trainer }));
        var scored = ScoredRows.Of(data.Spec.Task, model.Predict(data.Rows.Holdout), data.Rows.Holdout.Labels, threshold: null);
        return scored.Metrics.Zip(scored.Measure()).ToDictionary(metric => metric.First, metric => metric.Second);
    }
}
