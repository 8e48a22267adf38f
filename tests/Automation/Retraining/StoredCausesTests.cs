using Microsoft.Extensions.Time.Testing;
using Slipway.Automation.Retraining;
using Slipway.Automation.Tests.Aws;
using Slipway.Registry;
using Slipway.Registry.Models;
using Slipway.Registry.Monitoring.Drift;
using Slipway.Registry.Monitoring.Quality;
using Slipway.Registry.Monitoring.Retraining;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Tests.Retraining;

/// <summary>What the records of monitoring say.</summary>
public sealed class StoredCausesTests
{
    private const string Model = "pumps";
    private static readonly DateOnly Day = new(2026, 1, 1);

    private readonly FakeTimeProvider _time = new(new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero));
    private BucketStore _store = null!;

    [SetUp]
    public void SetUp() => _store = new(_time);

    [Test]
    public async Task WithoutRecordsThereIsNoCause()
    {
        Assert.That(await Find(RetrainKind.Drift), Is.Null);
        Assert.That(await Find(RetrainKind.Accuracy), Is.Null);
    }

    [Test]
    public async Task NewestDriftedVerdictOfTheLastDayIsTheCause()
    {
        await Drifts(hoursAgo: 30);
        Assert.That(await Find(RetrainKind.Drift), Is.Null, "it is too old");
        await Drifts(hoursAgo: 5);
        await Drifts(hoursAgo: 4);
        await Drifts(hoursAgo: 3, drifted: 0);
        await Drifts(hoursAgo: 2, version: 2);

        var cause = await Find(RetrainKind.Drift);
        Assert.That(cause!.Key, Is.EqualTo(StoreKeys.DriftVerdict(Model, _time.GetUtcNow().AddHours(-4), 1)));
        Assert.That(cause.Sentence, Is.EqualTo("'torque' has drifted: its Wasserstein distance is 0.5, and the bound is 0.2 (version 1, 2000 rows from 2026-01-02 08:00 UTC)"));
    }

    [Test]
    public async Task LossOverSeveralDaysSaysMoreThanThatOfADayOrASlice()
    {
        await Loses(Lost("recall", Day, slice: null), Lost("recall", null, "type=L"), Lost("auc", null, null), Lost("auc", null, null, version: 2));

        var cause = await Find(RetrainKind.Accuracy);
        Assert.That((cause!.Kind, cause.Key, cause.Version), Is.EqualTo(("accuracy", "monitoring/pumps/quality.json#1/auc/2026-01-01", 1)));
        Assert.That(cause.Sentence, Is.EqualTo("auc of version 1 is 0.6 (95 % interval 0.55 to 0.65) on 400 labels, and its gate demands >= 0.8"));
    }

    [Test]
    public async Task LossOfAnotherVersionIsNone()
    {
        await Loses(Lost("auc", null, null, version: 2));

        Assert.That(await Find(RetrainKind.Accuracy), Is.Null);
    }

    private Task<RetrainCause?> Find(RetrainKind kind) => new StoredCauses(_store, _time).FindAsync(Model, 1, kind, default);

    private async Task Drifts(int hoursAgo, int version = 1, int drifted = 1)
    {
        var start = _time.GetUtcNow().AddHours(-hoursAgo);
        await _store.WriteAsync(
            StoreKeys.DriftVerdict(Model, start, version),
            new(
                Model, version, start, TimeSpan.FromHours(1), start.AddHours(1), DriftState.Drifted, 2000, ["blue-1"], 1e-4, 2.5, drifted,
                [new("torque", drifted > 0, 2.5, 1e-9, 1990, [new(DriftStatistic.Psi, 9, 0.1, 1e-9, false), new(DriftStatistic.Wasserstein, 0.5, 0.2, 1e-9, true)])], null, [], "", "main"),
            RegistryJson.Default.DriftVerdict, PutCondition.Absent);
    }

    private Task Loses(params LostMetric[] lost) => _store.WriteAsync(
        StoreKeys.Quality(Model),
        new(
            Model, _time.GetUtcNow(), [new(1, null, 500, 400, new Dictionary<string, Metric>(), null, new Dictionary<string, double>(), null, []), new(1, Day, 500, 400, new Dictionary<string, Metric>(), null, new Dictionary<string, double>(), null, [])],
            lost, [], FeedbackCounts.None, null, [], new Dictionary<DateOnly, FeedbackCounts>()),
        RegistryJson.Default.QualityReport, PutCondition.None);

    private static LostMetric Lost(string metric, DateOnly? day, string? slice, int version = 1) =>
        new(version, day, slice, metric, 0.6, 0.55, 0.65, ">= 0.8", 400, "It is worse.");
}
