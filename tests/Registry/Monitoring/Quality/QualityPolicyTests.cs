using Slipway.Registry.Models;
using Slipway.Registry.Monitoring.Quality;

namespace Slipway.Registry.Tests.Monitoring.Quality;

public sealed class QualityPolicyTests
{
    private static readonly GateSpec Calibrated = new(new Dictionary<string, Bounds> { ["expectedCalibrationError"] = new(AtMost: 0.03) });

    [TestCase(0.70, 0.79, true)]
    [TestCase(0.70, 0.80, false)]
    [TestCase(0.81, 0.90, false)]
    public void AMetricIsLostIfItsWholeIntervalMissesTheBound(double low, double high, bool lost) =>
        Assert.That(
            QualityPolicy.Lost(new(new Dictionary<string, Bounds> { ["recall"] = new(AtLeast: 0.8) }), Quality(100, new Dictionary<string, Metric> { ["recall"] = new((low + high) / 2, low, high) })).Any(),
            Is.EqualTo(lost));

    [Test]
    public void AMetricWithoutIntervalIsNotLost() =>
        Assert.That(
            QualityPolicy.Lost(new(new Dictionary<string, Bounds> { ["recall"] = new(AtLeast: 0.8) }), Quality(5, new Dictionary<string, Metric> { ["recall"] = new(0.1) })), Is.Empty);

    [Test]
    public void APerfectlyCalibratedModelIsNotSaidToHaveLostItsCalibration([Values(100, 1000)] int labels, [Range(1, 8)] int seed) =>
        Assert.That(QualityPolicy.Lost(Calibrated, Stream(labels, seed, score => score)), Is.Empty);

    [Test]
    public void AModelThatIsTooSureIs([Range(1, 3)] int seed) =>
        Assert.That(QualityPolicy.Lost(Calibrated, Stream(1000, seed, score => 0.3 + (score / 3))).Select(lost => lost.Metric), Is.EqualTo(new[] { "expectedCalibrationError" }));

    [TestCase(0.75, 0.04, 500L, true)]
    [TestCase(0.75, 0.06, 500L, false, Description = "past estimates were off by more")]
    [TestCase(0.75, 0.04, 199L, false, Description = "too few predictions")]
    [TestCase(0.81, 0.0, 500L, false)]
    public void AnEstimateBeyondItsGateIsLostIfItIsBeyondItsOwnError(double estimate, double error, long predictions, bool lost)
    {
        var gates = new GateSpec(new Dictionary<string, Bounds> { ["recall"] = new(AtLeast: 0.8) });
        var recent = Quality(0, new Dictionary<string, Metric>()) with { Day = null, Predictions = predictions, Estimate = new Dictionary<string, double> { ["recall"] = estimate, ["f1"] = 0.1 } };
        var found = QualityPolicy.EstimatedLost(gates, recent, [new("recall", 4, error / 2, 0, error)]).ToList();

        Assert.That(found.Select(one => (one.Metric, one.Margin, one.Bound)), Is.EqualTo(lost ? new[] { ("recall", error, ">= 0.8") } : []));
    }

    [Test]
    public void AnEstimateThatNoLabelHasCheckedSaysSo() =>
        Assert.That(
            QualityPolicy.EstimatedLost(
                new(new Dictionary<string, Bounds> { ["recall"] = new(AtLeast: 0.8) }), Quality(0, new Dictionary<string, Metric>()) with { Predictions = 500, Estimate = new Dictionary<string, double> { ["recall"] = 0.79 } }, []).Single().Reason,
            Does.StartWith("recall of version 1 in the last 7 days is estimated at 0.79 without labels, on 500 predictions; its gate demands >= 0.8.").And.EndsWith("No labels have shown yet how well such estimates hold."));

    private static VersionQuality Stream(int labels, int seed, Func<double, double> probability)
    {
        var random = new Random(seed);
        var tally = new BinaryTally(0.5, null);
        for (var row = 0; row < labels; row++)
        {
            var score = Math.Pow(random.NextDouble(), 3);
            tally.Add([(float)score], random.NextDouble() < probability(score) ? 1 : 0);
        }

        return Quality(labels, tally.ToMetrics());
    }

    private static VersionQuality Quality(long labels, IReadOnlyDictionary<string, Metric> metrics) =>
        new(1, new(2026, 1, 2), labels, labels, metrics, null, new Dictionary<string, double>(), null, []);
}
