using Slipway.Registry.Evaluation;
using Slipway.Registry.Models;

namespace Slipway.Registry.Tests.Evaluation;

public sealed class BinaryMetricsTests
{
    // the example of scikit-learn's documentation for average_precision_score and roc_auc_score
    private static readonly RankedScores Textbook = new([0.1f, 0.4f, 0.35f, 0.8f], [false, false, true, true]);

    [Test]
    public void FindsAveragePrecisionOfTheTextbookExample() =>
        Assert.That(BinaryMetrics.Of(Textbook, 0.5).AveragePrecision, Is.EqualTo((1 + (2 / 3.0)) / 2).Within(1e-12));

    [Test]
    public void FindsAucOfTheTextbookExample() =>
        Assert.That(BinaryMetrics.Of(Textbook, 0.5).Auc, Is.EqualTo(0.75));

    [Test]
    public void CountsTiesHalfInAuc()
    {
        // positives at 2 and 1, negatives at 1 and 0: pairs 1, 1, half, 1
        var metrics = BinaryMetrics.Of(new([0.9f, 0.5f, 0.5f, 0.1f], [true, true, false, false]), 0.5);

        Assert.That(metrics.Auc, Is.EqualTo(3.5 / 4));
    }

    [Test]
    public void TakesTiesInOneStepWhateverTheirOrder()
    {
        var one = BinaryMetrics.Of(new([0.5f, 0.5f, 0.5f, 0.5f], [true, false, false, false]), 0.5);
        var other = BinaryMetrics.Of(new([0.5f, 0.5f, 0.5f, 0.5f], [false, false, false, true]), 0.5);

        Assert.That(one, Is.EqualTo(other));
        Assert.That((one.AveragePrecision, one.Auc), Is.EqualTo((0.25, 0.5)));
    }

    [Test]
    public void CountsDecisionsFromTheThresholdOn()
    {
        var metrics = BinaryMetrics.Of(new([0.9f, 0.5f, 0.4f, 0.3f, 0.2f], [true, false, true, false, false]), 0.4f);

        Assert.That(metrics.Precision, Is.EqualTo(2 / 3.0));
        Assert.That(metrics.Recall, Is.EqualTo(1));
        Assert.That(metrics.F1, Is.EqualTo(0.8).Within(1e-12));
        Assert.That(metrics.Accuracy, Is.EqualTo(0.8));
    }

    [Test]
    public void FindsTheExpectedCalibrationErrorOverTenBins()
    {
        // first bin: two rows, mean 0.04, none positive; last bin: two rows, mean 0.95, half positive
        var metrics = BinaryMetrics.Of(new([0.02f, 0.06f, 0.92f, 0.98f], [false, false, true, false]), 0.5);

        Assert.That(metrics.ExpectedCalibrationError, Is.EqualTo((0.5 * 0.04) + (0.5 * 0.45)).Within(1e-6));
    }

    [Test]
    public void FindsTheCalibrationErrorOfOneBinExactly() =>
        Assert.That(BinaryMetrics.Of(new([0.25f, 0.25f, 0.25f, 0.25f], [true, true, false, false]), 0.5).ExpectedCalibrationError, Is.EqualTo(0.25));

    [Test]
    public void FindsLogLossAndBrier()
    {
        var metrics = BinaryMetrics.Of(new([0.75f, 0.25f], [true, true]), 0.5);

        Assert.That(metrics.LogLoss, Is.EqualTo(-(Math.Log(0.75) + Math.Log(0.25)) / 2).Within(1e-12));
        Assert.That(metrics.Brier, Is.EqualTo((0.0625 + 0.5625) / 2));
    }

    [Test]
    public void PunishesASureAndWrongAnswerFinitely() =>
        Assert.That(BinaryMetrics.Of(new([1f, 0f], [false, true]), 0.5).LogLoss, Is.EqualTo(-Math.Log(1e-7)).Within(1e-9));

    [Test]
    public void LeavesOutWhatIsNotDefined()
    {
        var withoutPositives = ScoredRows.Of(ModelTask.Binary, [0.6f, 0.2f], [0, 0], 0.9).ToMetrics(seed: 1);

        Assert.That(withoutPositives.Keys, Is.EquivalentTo(new[] { "logLoss", "brier", "accuracy", "expectedCalibrationError" }));
        Assert.That(new BinaryScores(Textbook, 0.5).ToMetrics(seed: 1).Keys, Is.EqualTo(MetricNames.Binary));
    }

    [Test]
    public void WeighsARowLikeItsRepetition()
    {
        var ranked = new RankedScores([0.9f, 0.7f, 0.2f], [true, false, true]);

        Assert.That(BinaryMetrics.Of(ranked, [2, 0, 1], 0.5), Is.EqualTo(BinaryMetrics.Of(new([0.9f, 0.9f, 0.2f], [true, true, true]), 0.5)));
    }

    [Test]
    public void AgreesWithTheDefinitionOfAucOnRandomScores()
    {
        var random = new Random(7);
        // few distinct scores, so that there are many ties
        var scores = Enumerable.Range(0, 300).Select(_ => random.Next(20) / 20f).ToArray();
        var labels = scores.Select(score => random.NextDouble() < score).ToArray();
        var pairs =
            from positive in Enumerable.Range(0, 300).Where(i => labels[i])
            from negative in Enumerable.Range(0, 300).Where(i => !labels[i])
            select scores[positive] > scores[negative] ? 1 : scores[positive] == scores[negative] ? 0.5 : 0;

        Assert.That(BinaryMetrics.Of(new(scores, labels), 0.5).Auc, Is.EqualTo(pairs.Average()).Within(1e-12));
    }
}
