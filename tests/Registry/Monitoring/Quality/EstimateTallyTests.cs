using Slipway.Registry.Evaluation;
using Slipway.Registry.Models;
using Slipway.Registry.Monitoring.Quality;

namespace Slipway.Registry.Tests.Monitoring.Quality;

public sealed class EstimateTallyTests
{
    private static readonly QualityEstimator Uncalibrated = new(null, null, new Dictionary<string, double>());

    // NannyML's formulas, evaluated elsewhere
    [TestCase("accuracy", 0.775)]
    [TestCase("precision", 0.77)]
    [TestCase("recall", 0.7777777777777778)]
    [TestCase("f1", 0.7738693467336684)]
    [TestCase("auc", 0.8570357036)]
    public void EstimatesTheMetricsOfCalibratedProbabilities(string metric, double expected)
    {
        var tally = EstimateTally.For(Schema(ModelTask.Binary), null, Uncalibrated);
        foreach (var probability in new[] { 0.95f, 0.9f, 0.8f, 0.65f, 0.55f, 0.45f, 0.3f, 0.2f, 0.1f, 0.05f })
            tally.Add([probability], []);

        // the outputs of a model are floats, whose error is 3e-8
        Assert.That(tally.ToEstimates()[metric], Is.EqualTo(expected).Within(1e-7));
    }

    [Test]
    public void HoldsTheReferenceVectorToTheLastDigits()
    {
        var tally = new BinaryTally(0.5, PredictionValue.Of(new(TruePositive: 1), ModelTask.Binary, ["0", "1"]));
        foreach (var probability in new[] { 0.95, 0.9, 0.8, 0.65, 0.55, 0.45, 0.3, 0.2, 0.1, 0.05 })
            tally.Add((float)probability, probability, 1 - probability);

        var metrics = tally.Measure();
        Assert.That(tally.MeanValue, Is.EqualTo(1000 * 3.85 / 10).Within(1e-9));
        Assert.That(metrics.Accuracy, Is.EqualTo(0.775).Within(1e-9));
        Assert.That(metrics.Precision, Is.EqualTo(0.77).Within(1e-9));
        Assert.That(metrics.Recall, Is.EqualTo(3.85 / 4.95).Within(1e-9));
        Assert.That(metrics.F1, Is.EqualTo(0.77386934673366836).Within(1e-9));
        Assert.That(metrics.Auc, Is.EqualTo(0.8570357036).Within(1e-9));
    }

    [Test]
    public void EstimatesWhatTheLabelsShowLater()
    {
        var random = new Random(4);
        var (estimate, truth) = (EstimateTally.For(Schema(ModelTask.Binary), null, Uncalibrated), new BinaryTally(0.5, null));
        for (var row = 0; row < 20_000; row++)
        {
            var score = (float)random.NextDouble();
            estimate.Add([score], []);
            truth.Add([score], random.NextDouble() < score ? 1 : 0);
        }

        var metrics = truth.ToMetrics();
        foreach (var (name, value) in estimate.ToEstimates())
            Assert.That(value, Is.EqualTo(metrics[name].Value).Within(0.015), name);
    }

    [Test]
    public void EstimatesEveryClassByItsProbability()
    {
        var tally = EstimateTally.For(Schema(ModelTask.Multiclass), null, Uncalibrated);
        tally.Add([0.7f, 0.2f, 0.1f], []);
        tally.Add([0.1f, 0.6f, 0.3f], []);

        Assert.That(tally.ToEstimates()["accuracy"], Is.EqualTo(0.65).Within(1e-7));
    }

    [Test]
    public void EstimatesErrorsByTheTree()
    {
        var tree = new ErrorTree([new(2, 5, Feature: 1, Threshold: 10, Left: 1, Right: 2), new(1, 2), new(3, 12)]);
        var value = PredictionValue.Of(new(AbsoluteError: -2), ModelTask.Regression, []);
        var tally = EstimateTally.For(Schema(ModelTask.Regression), value, new(null, tree, new Dictionary<string, double>()));
        tally.Add([10f], [7f]); // the prediction is the feature after the last
        tally.Add([11f], [7f]);
        tally.Add([11f], []); // without features only the root is known

        var again = EstimateTally.For(Schema(ModelTask.Regression), value, new(null, tree, new Dictionary<string, double>()));
        again.Add(tally.ToSums());
        Assert.That(again.ToEstimates()["mae"], Is.EqualTo((1 + 3 + 2) / 3.0).Within(1e-12));
        Assert.That(again.ToEstimates()["rmse"], Is.EqualTo(Math.Sqrt((2 + 12 + 5) / 3.0)).Within(1e-12));
        Assert.That(again.ToEstimates()["value"], Is.EqualTo(1000 * -2 * 2.0).Within(1e-9));
    }

    [Test]
    public void ATableThatLeadsBackEndsAllTheSame() =>
        Assert.That(new ErrorTree([new(1, 1, Feature: 0, Threshold: 1, Left: 0, Right: 9)]).Find([0f], 0).Absolute, Is.EqualTo(1));

    private static ModelSchema Schema(ModelTask task) => new(task, "y", [], [], ModelSchema.OutputOf(task, 3), task == ModelTask.Binary ? 0.5 : null, null);
}
