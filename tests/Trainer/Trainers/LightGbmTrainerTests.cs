using Slipway.Registry;
using Slipway.Registry.Models;
using Slipway.Trainer.Data;
using Slipway.Trainer.Trainers;
using Slipway.Trainer.Trainers.LightGbm;

namespace Slipway.Trainer.Tests.Trainers;

public sealed class LightGbmTrainerTests
{
    [TestCase(ModelTask.Binary)]
    [TestCase(ModelTask.Regression)]
    public void SaysThatNoTreeFoundASplit(ModelTask task) =>
        Assert.That(
            () => Fit(task == ModelTask.Binary ? new LightGbmBinary() : new LightGbmRegression()),
            Throws.TypeOf<SlipwayException>().With.Message.StartsWith("LightGBM found nothing that distinguishes the 8 training rows."));

    /// <summary>The same number of rows of each class, and fewer than a leaf requires.</summary>
    private static ITrainedModel Fit(IBuiltInTrainer trainer)
    {
        var rows = new EncodedRows(width: 1, count: 8);
        for (var i = 0; i < 8; i++)
            rows.Add([i], i % 2, i + 1);
        var hyperparameters = HyperparameterSet.Resolve("", trainer.Hyperparameters, new Dictionary<string, double>(), new Dictionary<string, string>());
        return trainer.Fit(new(rows, ["x"], ["no", "yes"], hyperparameters, 1));
    }
}
