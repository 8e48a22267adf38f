using Slipway.Reporting.Charts;
using Slipway.Trainer.Plots.Data;

namespace Slipway.Trainer.Tests.Plots;

public sealed class PlotDataTests
{
    [Test]
    public void CurveTakesEqualScoresInOneStep()
    {
        var curve = PrecisionRecallCurve.Of([0.9f, 0.8f, 0.8f, 0.1f], [1, 0, 1, 0]);

        Assert.That(curve.BaseRate, Is.EqualTo(0.5));
        Assert.That(curve.Points.Select(point => (point.Recall, point.Precision)), Is.EqualTo(new[]
        {
            (0.5, 1.0), (1.0, 2.0 / 3), (1.0, 0.5),
        }));
    }

    [Test]
    public void CurveWithoutPositivesHasNoPoints()
    {
        var curve = PrecisionRecallCurve.Of([0.9f, 0.1f], [0, 0]);

        Assert.That((curve.Points.Count, curve.BaseRate), Is.EqualTo((0, 0.0)));
    }

    [Test]
    public void LargeCurveIsThinnedAndKeepsItsEnds()
    {
        var random = new Random(7);
        float[] scores = [.. Enumerable.Range(0, 100_000).Select(_ => random.NextSingle())];
        float[] labels = [.. scores.Select(score => random.NextSingle() < score ? 1f : 0f)];
        var curve = PrecisionRecallCurve.Of(scores, labels);

        Assert.That(curve.Points, Has.Count.InRange(100, 500));
        Assert.That(curve.Points[^1].Recall, Is.EqualTo(1));
        Assert.That(curve.Points[^1].Precision, Is.EqualTo(curve.BaseRate).Within(1e-12));
        Assert.That(curve.Points[0].Threshold, Is.EqualTo(scores.Max()));
    }

    [TestCase(0.85, 0.5, 1.0)]
    [TestCase(0.8, 1.0, 2.0 / 3)]
    [TestCase(0.0, 1.0, 0.5)]
    public void ThresholdLiesOnTheCurve(double threshold, double recall, double precision)
    {
        var point = PrecisionRecallCurve.At([0.9f, 0.8125f, 0.8125f, 0.1f], [1, 0, 1, 0], threshold);

        Assert.That((point!.Recall, point.Precision), Is.EqualTo((recall, precision)));
    }

    [Test]
    public void ThresholdAboveEveryScoreHasNoPlace() =>
        Assert.That(PrecisionRecallCurve.At([0.5f], [1], 0.6), Is.Null);

    [Test]
    public void CalibrationBinsHoldTheirMeansAndLeaveEmptyOnesOut() =>
        Assert.That(
            CalibrationBins.Of([0.25f, 0.25f, 0.21875f, 1f, 0f], [true, false, false, true, false]),
            Is.EqualTo(new[]
            {
                new CalibrationBin(0.05, 1, 0, 0),
                new CalibrationBin(0.25, 3, (0.25 + 0.25 + 0.21875) / 3, 1.0 / 3),
                new CalibrationBin(0.95, 1, 1, 1),
            }));

    [Test]
    public void TopClassIsTheFirstOfTheLikeliest()
    {
        var top = TopClass.Of([0.2f, 0.5f, 0.3f, 0.4f, 0.4f, 0.2f], 3);

        Assert.That(top.Index, Is.EqualTo(new[] { 1, 0 }));
        Assert.That(top.Probability, Is.EqualTo(new[] { 0.5f, 0.4f }));
    }

    [Test]
    public void ConfusionCountsActualByPredicted()
    {
        var matrix = ConfusionMatrix.Of(["a", "b", "c"], [0, 0, 1, 2, 2], [0, 1, 1, 2, 0]);

        Assert.That(matrix.Counts, Is.EqualTo(new[] { new[] { 1, 1, 0 }, [0, 1, 0], [1, 0, 1] }));
    }

    [Test]
    public void RareClassesAreCountedAsOneAndNoRowIsLost()
    {
        string[] classes = [.. Enumerable.Range(0, 20).Select(i => $"c{i}")];
        // class i has i rows; all are predicted right but those of class 19, which is taken for class 0
        float[] actual = [.. Enumerable.Range(0, 20).SelectMany(i => Enumerable.Repeat((float)i, i))];
        var matrix = ConfusionMatrix.Of(classes, actual, [.. actual.Select(label => label == 19 ? 0 : (int)label)]);

        Assert.That(matrix.Classes, Is.EqualTo(new[] { "c9", "c10", "c11", "c12", "c13", "c14", "c15", "c16", "c17", "c18", "c19", "9 others" }));
        Assert.That(matrix.Counts.Sum(row => row.Sum()), Is.EqualTo(190));
        Assert.That(matrix.Counts[10][11], Is.EqualTo(19));
        Assert.That(matrix.Counts[11][11], Is.EqualTo(36));
    }

    [Test]
    public void HistogramCountsWhatLiesBeyondInItsOutermostBins() =>
        Assert.That(
            Histogram.Of([-5, 0, 0.49, 0.5, 1, 99, double.NaN], 0, 1, 2).Counts,
            Is.EqualTo(new[] { 3, 3 }));

    [TestCase(3, 10, new[] { 0, 1, 2 })]
    [TestCase(10, 4, new[] { 0, 2, 5, 7 })]
    public void SampleIsSpreadOverAllRows(int rows, int most, int[] sample) => Assert.That(RowSample.Of(rows, most), Is.EqualTo(sample));

    [TestCase(0, 0.213, "0.00 0.05 0.10 0.15 0.20 0.25")]
    [TestCase(-7.3, 7.3, "-8 -6 -4 -2 0 2 4 6 8")]
    [TestCase(0, 4200, "0 1,000 2,000 3,000 4,000 5,000")]
    [TestCase(5, 5, "4.4 4.6 4.8 5.0 5.2 5.4 5.6")]
    [TestCase(0, 3e8, "0E+0 5E+7 1E+8 1.5E+8 2E+8 2.5E+8 3E+8")]
    public void AxisHasRoundNumbersAroundItsValues(double low, double high, string expected)
    {
        var scale = AxisScale.Of(low, high);

        Assert.That(string.Join(' ', scale.Ticks.Select(scale.Text)), Is.EqualTo(expected));
        Assert.That((scale.Low, scale.High), Is.EqualTo((scale.Ticks[0], scale.Ticks[^1])));
    }
}
