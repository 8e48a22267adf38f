using Slipway.Registry.Evaluation;
using Slipway.Registry.Models;

namespace Slipway.Registry.Tests.Evaluation;

public sealed class RegressionScoresTests
{
    private static readonly float[] Values = [3, -0.5f, 2, 7, 4];
    private static readonly float[] Estimates = [2.5f, 0.25f, 2, 8, 4.5f];

    // from scikit-learn 1.2.1 on the same rows
    [TestCase("rmse", 0.6422616289332564)]
    [TestCase("mae", 0.55)]
    [TestCase("medianAbsoluteError", 0.5)]
    [TestCase("r2", 0.931705298013245)]
    [TestCase("meanAbsolutePercentageError", 0.3869047619047619)]
    public void AgreesWithScikitLearn(string metric, double expected) =>
        Assert.That(Measure(Estimates, Values)[metric], Is.EqualTo(expected).Within(1e-6));

    [Test]
    public void TakesTheMeanOfTheTwoMiddleErrors() =>
        Assert.That(Measure([1, 2, 3, 4], [0, 0, 0, 0])["medianAbsoluteError"], Is.EqualTo(2.5));

    [Test]
    public void LeavesOutThePercentageWhereAValueIsZero()
    {
        var metrics = ScoredRows.Of(ModelTask.Regression, [1, 2, 3], [0, 2, 4], threshold: null).ToMetrics(seed: 1);

        Assert.That(metrics.Keys, Is.EqualTo(MetricNames.Regression.Except(["meanAbsolutePercentageError"])));
    }

    [Test]
    public void HasNoR2OfEqualValues() =>
        Assert.That(Measure([1, 2], [5, 5])["r2"], Is.EqualTo(double.NegativeInfinity).Or.NaN);

    [Test]
    public void WeighsARowLikeItsRepetition()
    {
        // the rows are ordered by their errors: 0, 0.5, 0.5, 0.75, 1
        var scores = new RegressionScores(Estimates, Values);
        var repeated = new RegressionScores([.. Estimates, 2], [.. Values, 2]);

        Assert.That(scores.Measure([2, 1, 1, 1, 1]), Is.EqualTo(repeated.Measure()).Within(1e-12));
    }

    private static Dictionary<string, double> Measure(float[] estimates, float[] values) =>
        MetricNames.Regression.Zip(new RegressionScores(estimates, values).Measure()).ToDictionary(pair => pair.First, pair => pair.Second);
}
