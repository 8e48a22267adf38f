using Slipway.Registry.Models;
using Slipway.Trainer.Proposals.Choices;
using Slipway.Trainer.Proposals.Text;

namespace Slipway.Trainer.Tests.Proposals;

public sealed class GateProposalTests
{
    private static readonly LabelChoice Binary = new LabelPolicy("data.csv").Choose(Summaries.Repeated("y", 1000, "no", "no", "no", "yes"), null);
    private static readonly LabelChoice Regression = new LabelPolicy("data.csv").Choose(Summaries.Made("y", 1000, i => $"{i}.5"), null);

    [TestCase(0.912, 0.887, 0.95, 0.27, 0.87)]
    [TestCase(0.9985, 0.9971, 0.9999, 0.5, 0.97)]
    [TestCase(1.0, 1.0, 1.0, 0.5, 0.97)]
    [TestCase(0.34, 0.26, 0.45, 0.25, 0.26)]
    [TestCase(0.30, 0.21, 0.40, 0.25, 0.255)]
    public void SetsBoundsBetweenChanceAndTheFarEndOfTheInterval(double value, double low, double high, double chance, double bound)
    {
        var gates = Propose(Binary, "averagePrecision", new(value, low, high), chance);

        Assert.That(gates.Metrics["averagePrecision"].AtLeast, Is.EqualTo(bound).Within(1e-12));
    }

    [TestCase(2.57, 2.2, 3.02, 7.49, 3.1)]
    [TestCase(52_341, 44_000, 60_222, 100_000, 61_000)]
    [TestCase(0, 0, 0, 10, 0.5)]
    public void SetsBoundsOnErrorsTheOtherWayRound(double value, double low, double high, double chance, double bound) =>
        Assert.That(Propose(Regression, "rmse", new(value, low, high), chance).Metrics["rmse"].AtMost, Is.EqualTo(bound).Within(1e-9));

    [TestCase(0.25, 0.2, 0.3, 0.25, 0.265)]
    [TestCase(0.99, 0.98, 1, 0.995, 0.9951)]
    public void DemandsBetterThanChanceWhereNothingWasFound(double value, double low, double high, double chance, double bound) =>
        Assert.That(Propose(Binary, "averagePrecision", new(value, low, high), chance).Metrics["averagePrecision"].AtLeast, Is.EqualTo(bound).Within(1e-12));

    [Test]
    public void GatesOnlyWhatIsSurelyBetterThanChanceWhereAnythingIs()
    {
        var gates = GateProposal.For(
            Binary, Metrics(("averagePrecision", new(0.3, 0.2, 0.4)), ("auc", new(0.7, 0.6, 0.8))), Data, Chance(("averagePrecision", 0.25), ("auc", 0.5)), 0);

        Assert.That(gates.Spec.Metrics.Keys, Is.EqualTo(new[] { "auc" }));
        Assert.That(gates.Spec.Champion!.Keys, Is.EqualTo(new[] { "auc" }));
        Assert.That(gates.Notes["auc"], Is.EqualTo("[0.7] chance: 0.5"));
    }

    [Test]
    public void BandsTheDataAroundWhatWasSeen()
    {
        var binary = Propose(Binary, "averagePrecision", new(0.9, 0.8, 1), 0.25, mostMissing: 0.12);
        var regression = Propose(Regression, "rmse", new(3, 2, 4), 10);

        Assert.That(binary.Data, Is.EqualTo(new DataGate(500, 0.2, LabelRate: new(0.11, 0.46))));
        Assert.That(regression.Data, Is.EqualTo(new DataGate(500, 0.05, LabelMean: new(300, 700))));
    }

    [Test]
    public void GatesWithoutAnyModelToo()
    {
        var gates = GateProposal.For(Binary, null, Data, Chance(("averagePrecision", 0.25), ("auc", 0.5)), 0);

        Assert.That(gates.Spec.Metrics.Keys, Is.EqualTo(new[] { "averagePrecision", "auc" }));
        Assert.That(gates.Spec.Champion, Is.Null);
    }

    [TestCase(0.034, 0.01)]
    [TestCase(0.1, 0.1)]
    [TestCase(7, 1)]
    [TestCase(1000, 1000)]
    public void CountsDistancesInPowersOfTen(double distance, double step) => Assert.That(NiceNumber.Step(distance), Is.EqualTo(step).Within(1e-12));

    [TestCase(0.9123, "0.912")]
    [TestCase(0.99972, "0.99972")]
    [TestCase(1.0, "1")]
    [TestCase(52_341.4, "52,341")]
    public void WritesFiguresAsAPersonReadsThem(double value, string text) => Assert.That(NiceNumber.Text(value), Is.EqualTo(text));

    [TestCase(0.00004, "0.00004")]
    [TestCase(12_000_000, "12000000")]
    [TestCase(0.3, "0.3")]
    public void WritesJsonAsAPersonDoes(double value, string text) => Assert.That(NiceNumber.Json(value), Is.EqualTo(text));

    private static readonly DataMetrics Data = new(1000, 500, 200, 300, new Dictionary<string, double>(), null, LabelValues: new(0, 1000, 500, 300));

    private static GateSpec Propose(LabelChoice label, string name, Metric metric, double chance, double mostMissing = 0)
    {
        var other = label.Task == ModelTask.Binary ? "auc" : "r2";
        return GateProposal.For(label, Metrics((name, metric)), Data, Chance((name, chance), (other, 0.5)), mostMissing).Spec;
    }

    private static ModelMetrics Metrics(params (string, Metric)[] holdout) =>
        new(holdout.ToDictionary(), [], null, Data, LatencyMicroseconds: 12, OnnxBytes: 3000);

    private static Dictionary<string, double> Chance(params (string, double)[] chance) => chance.ToDictionary();
}
