using Slipway.Registry.Evaluation;
using Slipway.Registry.Models;

namespace Slipway.Registry.Tests.Evaluation;

public sealed class MulticlassScoresTests
{
    private static readonly float[] Labels = [0, 0, 1, 1, 1, 2, 2, 0];

    private static readonly float[] Probabilities =
    [
        0.7f, 0.2f, 0.1f,
        0.4f, 0.5f, 0.1f,
        0.1f, 0.8f, 0.1f,
        0.3f, 0.3f, 0.4f,
        0.2f, 0.6f, 0.2f,
        0.1f, 0.1f, 0.8f,
        0.5f, 0.25f, 0.25f,
        0.6f, 0.3f, 0.1f,
    ];

    // from scikit-learn 1.2.1 on the same rows
    [TestCase("accuracy", 0.625)]
    [TestCase("macroF1", 0.611111111111111)]
    [TestCase("macroPrecision", 0.611111111111111)]
    [TestCase("macroRecall", 0.611111111111111)]
    [TestCase("logLoss", 0.6663963989273893)]
    [TestCase("brier", 0.374375)]
    public void AgreesWithScikitLearn(string metric, double expected) =>
        Assert.That(Measure(Probabilities, Labels)[metric], Is.EqualTo(expected).Within(1e-6));

    [Test]
    public void FindsTheCalibrationErrorOfTheDecision()
    {
        // sure of 0.9 and right in one of two, sure of 0.6 and right in both
        var measured = Measure([0.9f, 0.1f, 0.9f, 0.1f, 0.4f, 0.6f, 0.4f, 0.6f], [0, 1, 1, 1]);

        Assert.That(measured["expectedCalibrationError"], Is.EqualTo((0.5 * 0.4) + (0.5 * 0.4)).Within(1e-6));
    }

    [Test]
    public void CountsAClassThatIsNeverDecidedAsZero()
    {
        var measured = Measure([0.9f, 0.1f, 0.8f, 0.2f], [0, 1]);

        Assert.That((measured["macroRecall"], measured["macroPrecision"], measured["macroF1"]), Is.EqualTo((0.5, 0.25, 1 / 3.0)).Using<(double, double, double)>(
            (a, b) => Math.Abs(a.Item1 - b.Item1) + Math.Abs(a.Item2 - b.Item2) + Math.Abs(a.Item3 - b.Item3) < 1e-9));
    }

    [Test]
    public void LeavesOutClassesWithoutRows() =>
        Assert.That(Measure([0.9f, 0.1f, 0, 0.2f, 0.8f, 0], [0, 1])["macroF1"], Is.EqualTo(1));

    [Test]
    public void WeighsARowLikeItsRepetition()
    {
        var scores = new MulticlassScores(Probabilities, Labels);
        var repeated = new MulticlassScores([.. Probabilities, .. Probabilities[..3]], [.. Labels, Labels[0]]);

        Assert.That(scores.Measure([2, 1, 1, 1, 1, 1, 1, 1]), Is.EqualTo(repeated.Measure()).Within(1e-12));
    }

    [Test]
    public void DecidesForTheFirstOfEqualOnes() =>
        Assert.That(MulticlassScores.Decide([0.2f, 0.4f, 0.4f]), Is.EqualTo(1));

    [Test]
    public void HasEveryMetricOfTheTaskWithAnInterval()
    {
        var metrics = ScoredRows.Of(ModelTask.Multiclass, Probabilities, Labels, threshold: null).ToMetrics(seed: 1);

        Assert.That(metrics.Keys, Is.EqualTo(MetricNames.Multiclass));
        Assert.That(metrics.Values.All(metric => metric.Low < metric.High), Is.True);
    }

    private static Dictionary<string, double> Measure(float[] probabilities, float[] labels) =>
        MetricNames.Multiclass.Zip(new MulticlassScores(probabilities, labels).Measure()).ToDictionary(pair => pair.First, pair => pair.Second);
}
