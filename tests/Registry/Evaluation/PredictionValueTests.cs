using Slipway.Registry.Evaluation;
using Slipway.Registry.Models;

namespace Slipway.Registry.Tests.Evaluation;

public sealed class PredictionValueTests
{
    [Test]
    public void ValuesTheOutcomesOfABinaryModel()
    {
        var value = PredictionValue.Of(new(TruePositive: 300, FalsePositive: -200, FalseNegative: -5000), ModelTask.Binary, ["0", "1"])!;

        Assert.That(
            value.OfRows(ModelTask.Binary, [0.9f, 0.9f, 0.1f, 0.1f, 0.5f], [1, 0, 1, 0, 1], 0.5),
            Is.EqualTo(new double[] { 300, -200, -5000, 0, 300 }));
    }

    [Test]
    public void ValuesEachPairOfClassesAndComparesTheirNamesByValue()
    {
        var value = PredictionValue.Of(
            new(Matrix: new Dictionary<string, IReadOnlyDictionary<string, double>> { ["1.0"] = new Dictionary<string, double> { ["2"] = -7 } }), ModelTask.Multiclass, ["1", "2", "3"])!;

        Assert.That(
            value.OfRows(ModelTask.Multiclass, [0.1f, 0.8f, 0.1f, 0.8f, 0.1f, 0.1f], [0, 1], null), Is.EqualTo(new double[] { -7, 0 }));
    }

    [Test]
    public void RefusesAClassThatTheModelDoesNotHave() =>
        Assert.That(
            () => PredictionValue.Of(
                new(Matrix: new Dictionary<string, IReadOnlyDictionary<string, double>> { ["Gento"] = new Dictionary<string, double>(), ["Adelie"] = new Dictionary<string, double> { ["Gento"] = 1 } }),
                ModelTask.Multiclass, ["Adelie", "Gentoo"]),
            Throws.TypeOf<SlipwayException>().With.Message.EqualTo("'value.matrix' in model.json names the class 'Gento', which the target column does not have. Did you mean Gentoo?"));

    [TestCase(10, 12, -8)]
    [TestCase(10, 7, -12)]
    public void ValuesTooHighAndTooLowDifferently(double label, double estimate, double expected) =>
        Assert.That(PredictionValue.Of(new(Overestimate: -4, Underestimate: -4.0), ModelTask.Regression, [])!.OfEstimate(label, estimate), Is.EqualTo(expected));

    [Test]
    public void AddsUpTheValueOfAnEstimate() =>
        Assert.That(
            PredictionValue.Of(new(Prediction: 5, Overestimate: -1, Underestimate: -3, SquaredError: -2), ModelTask.Regression, [])!.OfEstimate(10, 8),
            Is.EqualTo(5 - (3 * 2) - (2 * 4)));

    [Test]
    public void MeasuresTheValueOfAThousandPredictionsNextToTheOtherMetrics()
    {
        var value = PredictionValue.Of(new(TruePositive: 3, FalseNegative: -1), ModelTask.Binary, ["0", "1"]);
        var metrics = ScoredRows.Of(ModelTask.Binary, [0.9f, 0.2f, 0.8f, 0.1f], [1, 1, 0, 0], 0.5, value).ToMetrics(seed: 1);

        Assert.That(metrics["value"].Value, Is.EqualTo(1000 * (3 - 1) / 4.0));
        Assert.That(metrics["accuracy"].Value, Is.EqualTo(0.5));
    }
}
