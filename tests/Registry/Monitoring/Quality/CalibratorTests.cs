using Slipway.Registry.Monitoring.Quality;

namespace Slipway.Registry.Tests.Monitoring.Quality;

public sealed class CalibratorTests
{
    // scikit-learn's IsotonicRegression on the same rows: 0 and 0 stay, 1, 0 and 1, 0 are pooled
    [Test]
    public void PoolsRowsThatViolateTheOrder()
    {
        var calibrator = Calibrator.Fit([0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f, 0.7f], [false, false, true, false, true, false, true]);

        Assert.That(calibrator.Probabilities, Is.EqualTo(new[] { 0, 0, 0.5, 0.5, 1 }));
        Assert.That(calibrator.Scores.Select(score => Math.Round(score, 6)), Is.EqualTo(new[] { 0.1, 0.2, 0.3, 0.6, 0.7 }));
    }

    [TestCase(0.05, 0)]
    [TestCase(0.25, 0.25)]
    [TestCase(0.45, 0.5)]
    [TestCase(0.65, 0.75)]
    [TestCase(0.9, 1)]
    public void IsLinearBetweenPointsAndConstantOutside(double score, double expected) =>
        Assert.That(new Calibrator([0.2, 0.3, 0.6, 0.7], [0, 0.5, 0.5, 1]).Apply(score), Is.EqualTo(expected).Within(1e-12));

    [Test]
    public void PoolsTiesWhateverTheirOrder()
    {
        var calibrator = Calibrator.Fit([0.5f, 0.5f, 0.5f, 0.9f], [true, false, false, true]);

        Assert.That(calibrator.Apply(0.5), Is.EqualTo(1 / 3.0).Within(1e-12));
    }

    [Test]
    public void FindsTheProbabilitiesBehindScores()
    {
        var random = new Random(2);
        float[] scores = [.. Enumerable.Range(0, 20_000).Select(_ => random.NextSingle())];
        var calibrator = Calibrator.Fit(scores, [.. scores.Select(score => random.NextDouble() < score * score)]);

        foreach (var score in new[] { 0.2, 0.5, 0.8 })
            Assert.That(calibrator.Apply(score), Is.EqualTo(score * score).Within(0.05));
        Assert.That(calibrator.Probabilities, Is.Ordered);
        Assert.That(calibrator.Scores, Has.Count.LessThan(500));
    }
}
