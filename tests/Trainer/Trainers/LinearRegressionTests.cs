using Slipway.Registry.Models;
using Slipway.Trainer.Data;
using Slipway.Trainer.Trainers;
using Slipway.Trainer.Trainers.Linear;

namespace Slipway.Trainer.Tests.Trainers;

/// <summary>Ridge regression compared with results that can be calculated by hand.</summary>
public sealed class LinearRegressionTests
{
    [Test]
    public void FindsTheLineThatTheRowsLieOn()
    {
        var rows = Rows([[1, 5], [2, 3], [3, 8], [4, 1]], row => 7 + (2 * row[0]) - (3 * row[1]));

        Assert.That(Predict(rows, penalty: 1e-9, [10, 10], [0, 0]), Is.EqualTo(new[] { -3f, 7f }).Within(1e-4));
    }

    [Test]
    public void FindsTheLeastSquares() =>
        // the textbook's (1, 1), (2, 2), (3, 2): y = 2/3 + x/2
        Assert.That(
            Predict(Rows([[1], [2], [3]], row => row[0] == 1 ? 1 : 2), penalty: 1e-9, [0], [4]), Is.EqualTo(new[] { 2 / 3f, 8 / 3f }).Within(1e-5));

    [Test]
    public void HalvesAWeightWithAPenaltyAsLargeAsTheSpread() =>
        // of one normalized feature: weight = covariance / (1 + penalty)
        Assert.That(Predict(Rows([[-1], [1]], row => 10 + (4 * row[0])), penalty: 1, [1], [-1]), Is.EqualTo(new[] { 12f, 8f }).Within(1e-5));

    [TestCase(1e-9)]
    [TestCase(1e-3)]
    public void SharesAWeightBetweenColumnsThatSayTheSame(double penalty)
    {
        // one-hot columns add up to 1, and the last column is the first one again
        var rows = Rows([[1, 0, 0, 1], [0, 1, 0, 0], [0, 0, 1, 0], [1, 0, 0, 1], [0, 1, 0, 0], [0, 0, 1, 0]], row => row[0] + (2 * row[1]) + (3 * row[2]));

        Assert.That(Predict(rows, penalty, [1, 0, 0, 1], [0, 1, 0, 0], [0, 0, 1, 0]), Is.EqualTo(new[] { 1f, 2f, 3f }).Within(2e-3));
    }

    [Test]
    public void LeavesAConstantColumnOutOfIt()
    {
        var rows = Rows([[1, 9], [2, 9], [3, 9]], row => row[0]);

        Assert.That(Predict(rows, penalty: 1e-9, [2, 9], [2, -1e6f]), Is.EqualTo(new[] { 2f, 2f }).Within(1e-5));
    }

    private static float[] Predict(EncodedRows training, double penalty, params float[][] asked)
    {
        var trainer = new LinearRegression();
        var hyperparameters = HyperparameterSet.Resolve(
            TrainerNames.Linear, trainer.Hyperparameters, new Dictionary<string, double> { ["l2Regularization"] = penalty }, new Dictionary<string, string>());
        return trainer.Fit(new(training, [], [], hyperparameters, 1)).Predict(Rows(asked, _ => 0));
    }

    private static EncodedRows Rows(float[][] features, Func<float[], float> label)
    {
        var rows = new EncodedRows(features[0].Length, features.Length);
        foreach (var row in features)
            rows.Add(row, label(row), rows.Count + 1);
        return rows;
    }
}
