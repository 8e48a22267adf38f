using Slipway.Registry.Evaluation;

namespace Slipway.Registry.Tests.Evaluation;

public sealed class BootstrapTests
{
    private static readonly RankedScores Scores = Make(400);

    [Test]
    public void GivesTheSameIntervalsForTheSameSeed()
    {
        var first = Bootstrap.Intervals(new BinaryScores(Scores, 0.5), seed: 3);
        var again = Bootstrap.Intervals(new BinaryScores(Scores, 0.5), seed: 3);

        Assert.That(again, Is.EqualTo(first));
        Assert.That(Bootstrap.Intervals(new BinaryScores(Scores, 0.5), seed: 4), Is.Not.EqualTo(first));
    }

    [Test]
    public void PutsTheIntervalAroundTheValue()
    {
        var values = BinaryMetrics.Of(Scores, 0.5).Values;

        foreach (var (interval, value) in Bootstrap.Intervals(new BinaryScores(Scores, 0.5), seed: 1).Zip(values).SkipLast(1))
            Assert.That(value, Is.InRange(interval.Low!.Value, interval.High!.Value));
    }

    [Test]
    public void HasTheWidthThatStatisticsExpectsOfAccuracy()
    {
        var accuracy = BinaryMetrics.Of(Scores, 0.5).Accuracy;
        var expected = 1.96 * Math.Sqrt(accuracy * (1 - accuracy) / Scores.Count);
        var interval = Bootstrap.Intervals(new BinaryScores(Scores, 0.5), seed: 1)[7];

        Assert.That((interval.High - interval.Low) / 2, Is.EqualTo(expected).Within(expected * 0.15));
    }

    [Test]
    public void ShrinksWithMoreRows()
    {
        var few = Bootstrap.Intervals(new BinaryScores(Make(100), 0.5), seed: 1)[1];
        var many = Bootstrap.Intervals(new BinaryScores(Make(2_000), 0.5), seed: 1)[1];

        Assert.That(many.High!.Value - many.Low!.Value, Is.LessThan((few.High!.Value - few.Low!.Value) / 3));
    }

    [Test]
    public void SaysNothingWhereMostResamplesLackTheMetric()
    {
        // without a positive row, no resample has a recall
        var intervals = Bootstrap.Intervals(new BinaryScores(new([0.1f, 0.2f, 0.3f], [false, false, false]), 0.5), seed: 1);

        Assert.That(intervals[5], Is.EqualTo(new Interval(null, null)));
        Assert.That(intervals[7].Low, Is.Not.Null);
    }

    private static RankedScores Make(int count)
    {
        var random = new Random(5);
        var scores = Enumerable.Range(0, count).Select(_ => random.NextSingle()).ToArray();
        return new(scores, [.. scores.Select(score => random.NextDouble() < score)]);
    }
}
