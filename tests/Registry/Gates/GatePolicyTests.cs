using Slipway.Registry.Gates;
using Slipway.Registry.Models;
using Slipway.Registry.Tests.Manifests;

namespace Slipway.Registry.Tests.Gates;

public sealed class GatePolicyTests
{
    private static readonly ModelSchema Schema = SampleManifests.Schema;
    private static readonly ModelMetrics Candidate = SampleManifests.Metrics;

    private static GateSpec Gates(string metric = "averagePrecision", Bounds? bounds = null) =>
        new(new Dictionary<string, Bounds> { [metric] = bounds ?? new(AtLeast: 0.5) });

    [TestCase(0.9, 0.8, null, true)]
    [TestCase(0.8, 0.8, null, true)]
    [TestCase(0.79, 0.8, null, false)]
    [TestCase(0.1, null, 0.2, true)]
    [TestCase(0.3, null, 0.2, false)]
    [TestCase(0.5, 0.4, 0.6, true)]
    [TestCase(0.7, 0.4, 0.6, false)]
    [TestCase(double.NaN, 0.8, null, false)]
    [TestCase(double.PositiveInfinity, 0.8, null, false)]
    [TestCase(0.9, double.NaN, null, false)]
    [TestCase(0.9, null, null, false)]
    public void HoldsAMetricToItsBounds(double value, double? atLeast, double? atMost, bool passes)
    {
        var verdict = Single(Gates(bounds: new(atLeast, atMost)), With(("averagePrecision", new(value))));

        Assert.That(verdict.Passed, Is.EqualTo(passes));
        Assert.That(verdict.Rule, Is.EqualTo("metric averagePrecision"));
        Assert.That(verdict.Reason, Is.Not.Empty);
    }

    [Test]
    public void FailsAMetricThatIsMissing()
    {
        var report = GatePolicy.Evaluate(Gates("recall"), Candidate, Schema, champion: null);

        Assert.That(report.Passed, Is.False);
        Assert.That(report.Verdicts.Single(), Is.EqualTo(new GateVerdict("metric recall", false, null, ">= 0.5", "recall on the holdout was not measured.")));
    }

    [Test]
    public void FailsWithoutAnyGate() =>
        Assert.That(GatePolicy.Evaluate(new(new Dictionary<string, Bounds>()), Candidate, Schema, null).Passed, Is.False);

    [Test]
    public void PassesAFirstVersionWithoutAChampion()
    {
        var gates = Gates() with { Champion = new Dictionary<string, ChampionGate> { ["averagePrecision"] = new() } };
        var report = GatePolicy.Evaluate(gates, Candidate, Schema, champion: null);

        Assert.That((report.Passed, report.Champion), Is.EqualTo((true, (int?)null)));
    }

    // candidate 0.90 in [0.88, 0.92]: without a configured loss, 0.02 are accepted
    [TestCase("averagePrecision", 0.90, 0.95, 0.1, true)]
    [TestCase("averagePrecision", 0.90, 0.95, 0.01, false)]
    [TestCase("averagePrecision", 0.90, 0.90, 0.0, true)]
    [TestCase("averagePrecision", 0.90, 0.85, -0.04, true)]
    [TestCase("averagePrecision", 0.90, 0.85, -0.06, false)]
    [TestCase("averagePrecision", 0.90, 0.919, null, true)]
    [TestCase("averagePrecision", 0.90, 0.921, null, false)]
    [TestCase("averagePrecision", 0.90, double.NaN, 0.1, false)]
    [TestCase("averagePrecision", double.NaN, 0.5, 0.1, false)]
    [TestCase("averagePrecision", 0.90, 0.5, double.NaN, false)]
    [TestCase("logLoss", 0.30, 0.20, 0.05, false)]
    [TestCase("logLoss", 0.30, 0.20, 0.15, true)]
    [TestCase("logLoss", 0.10, 0.20, 0.0, true)]
    [TestCase("brier", 0.30, 0.20, 0.05, false)]
    [TestCase("rmse", 0.30, 0.20, 0.05, false)]
    [TestCase("mae", 0.30, 0.20, 0.05, false)]
    [TestCase("expectedCalibrationError", 0.30, 0.20, 0.05, false)]
    [TestCase("r2", 0.30, 0.20, 0.05, true)]
    public void ComparesWithTheChampionOnTheSameRows(string metric, double mine, double theirs, double? lossAtMost, bool passes)
    {
        var candidate = With((metric, new(mine, mine - 0.02, mine + 0.02))) with { Champion = new Dictionary<string, Metric> { [metric] = new(theirs) } };
        var gates = Gates(metric, new(AtLeast: -1000)) with { Champion = new Dictionary<string, ChampionGate> { [metric] = new(lossAtMost) } };

        var verdict = Verdict(gates, candidate, $"champion {metric}");

        Assert.That(verdict.Passed, Is.EqualTo(passes), verdict.Reason);
    }

    [Test]
    public void AcceptsNoLossWhereThereIsNeitherAToleranceNorAnInterval()
    {
        var gates = Gates() with { Champion = new Dictionary<string, ChampionGate> { ["averagePrecision"] = new() } };
        var candidate = With(("averagePrecision", new(0.9))) with { Champion = new Dictionary<string, Metric> { ["averagePrecision"] = new(0.9001) } };

        Assert.That(Verdict(gates, candidate, "champion averagePrecision").Passed, Is.False);
    }

    [TestCase(true, TestName = "FailsWhenTheChampionWasNotMeasured")]
    [TestCase(false, TestName = "FailsWhenTheChampionLacksTheMetric")]
    public void FailsClosedWithoutAComparison(bool nothing)
    {
        var gates = Gates() with { Champion = new Dictionary<string, ChampionGate> { ["averagePrecision"] = new(1) } };
        var candidate = Candidate with { Champion = nothing ? null : new Dictionary<string, Metric> { ["recall"] = new(1) } };

        Assert.That(Verdict(gates, candidate, "champion averagePrecision").Passed, Is.False);
    }

    [TestCase(0.6, 50, true)]
    [TestCase(0.4, 50, false)]
    [TestCase(double.NaN, 50, false)]
    [TestCase(0.4, 49, true)]
    [TestCase(double.NaN, 49, true)]
    public void HoldsSlicesWithEnoughRowsToTheirFloor(double recall, int rows, bool passes)
    {
        var gates = Gates() with { Slices = new(new Dictionary<string, Bounds> { ["recall"] = new(AtLeast: 0.5) }, RowsAtLeast: 50) };
        var candidate = Candidate with { Slices = [new("type=H", rows, 3, new Dictionary<string, Metric> { ["recall"] = new(recall) })] };

        Assert.That(Verdict(gates, candidate, "slice type=H recall").Passed, Is.EqualTo(passes));
    }

    [Test]
    public void FailsWhenSlicesHaveAGateAndNoneWasMeasured()
    {
        var gates = Gates() with { Slices = new(new Dictionary<string, Bounds> { ["recall"] = new(AtLeast: 0.5) }) };

        Assert.That(Verdict(gates, Candidate, "slice").Passed, Is.False);
    }

    [TestCase(10_000, true)]
    [TestCase(10_001, false)]
    public void AsksForRows(long atLeast, bool passes) =>
        Assert.That(Verdict(Gates() with { Data = new(RowsAtLeast: atLeast) }, Candidate, "data rows").Passed, Is.EqualTo(passes));

    [TestCase(0.01, true)]
    [TestCase(0.009, false)]
    public void LimitsMissingValuesInTheWorstColumn(double atMost, bool passes)
    {
        var verdict = Verdict(Gates() with { Data = new(MissingAtMost: atMost) }, Candidate, "data missing");

        Assert.That(verdict.Passed, Is.EqualTo(passes));
        Assert.That(verdict.Reason, Does.Contain("'torque'"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void FailsWhenAColumnsMissingValuesAreUnknown(bool absent)
    {
        var missing = new Dictionary<string, double> { ["type"] = 0 };
        if (!absent)
            missing["torque"] = double.NaN;
        var candidate = Candidate with { Data = Candidate.Data with { Missing = missing } };

        Assert.That(Verdict(Gates() with { Data = new(MissingAtMost: 1) }, candidate, "data missing").Passed, Is.False);
    }

    [TestCase(0.034, true)]
    [TestCase(0.2, false)]
    [TestCase(null, false)]
    [TestCase(double.NaN, false)]
    public void ExpectsALabelRate(double? rate, bool passes)
    {
        var candidate = Candidate with { Data = Candidate.Data with { LabelRate = rate } };

        Assert.That(Verdict(Gates() with { Data = new(LabelRate: new(0.01, 0.1)) }, candidate, "data labelRate").Passed, Is.EqualTo(passes));
    }

    [TestCase(120, 50_000, true)]
    [TestCase(121, 50_000, false)]
    [TestCase(120, 50_001, false)]
    [TestCase(double.NaN, 50_000, false)]
    [TestCase(0, 50_000, false)]
    [TestCase(120, 0, false)]
    public void LimitsLatencyAndSize(double microseconds, long bytes, bool passes)
    {
        var gates = Gates() with { LatencyMicrosecondsAtMost = 120, OnnxBytesAtMost = 50_000 };

        Assert.That(GatePolicy.Evaluate(gates, Candidate with { LatencyMicroseconds = microseconds, OnnxBytes = bytes }, Schema, null).Passed, Is.EqualTo(passes));
    }

    private static ModelMetrics With(params (string Name, Metric Metric)[] holdout) =>
        Candidate with { Holdout = holdout.ToDictionary(pair => pair.Name, pair => pair.Metric) };

    private static GateVerdict Single(GateSpec gates, ModelMetrics candidate) => GatePolicy.Evaluate(gates, candidate, Schema, null).Verdicts.Single();

    // the rule's own verdict, which must also be the report's whenever it fails
    private static GateVerdict Verdict(GateSpec gates, ModelMetrics candidate, string rule)
    {
        var report = GatePolicy.Evaluate(gates, candidate, Schema, rule.StartsWith("champion", StringComparison.Ordinal) ? new(3, Schema, Candidate) : null);
        var verdict = report.Verdicts.Single(verdict => verdict.Rule == rule);
        Assert.That(report.Passed, Is.EqualTo(report.Verdicts.All(each => each.Passed)));
        Assert.That(verdict.Reason, Is.Not.Empty);
        return verdict;
    }
}
