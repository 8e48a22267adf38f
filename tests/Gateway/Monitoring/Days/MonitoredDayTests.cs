using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.History;
using Slipway.Registry.Manifests;
using Slipway.Registry.Monitoring.Drift;
using Slipway.Registry.Monitoring.Retraining;
using Slipway.Registry.Storage;

namespace Slipway.Gateway.Tests.Monitoring.Days;

/// <summary>What an operator sees of a day: the same number of rows, with drift, without, and with a model that is wrong about all of them.</summary>
public sealed class MonitoredDayTests
{
    private const int Hours = 24;
    private const int RowsAnHour = 300;
    private const double Shift = 0.6;

    private readonly List<MonitoredHour> _hours = [];
    private PumpRows _rows = null!;
    private MonitoredDay _day = null!;

    [SetUp]
    public async Task Train()
    {
        (_rows, _hours.Capacity) = (new(7), Hours);
        _hours.Clear();
        _day = await MonitoredDay.StartAsync(_rows.Draw(1500));
    }

    [TearDown]
    public async Task Stop() => await _day.DisposeAsync();

    [Test]
    public async Task DriftRaisesTheFigureTellsPeopleOnceAndTrainsOnce()
    {
        _day.Training.Drop("second.csv", _rows.Draw(1500, Shift));
        await LetPassAsync(() => _rows.Draw(RowsAnHour, Shift));

        var first = _hours[0];
        Assert.That((first.Version, first.Verdict.State, first.Metric("slipway_model_drifted")), Is.EqualTo((1, DriftState.Drifted, (double)first.Verdict.Drifted)));
        Assert.That(first.Metric("slipway_model_drift"), Is.EqualTo(first.Verdict.Ratio).Within(1e-9).And.GreaterThan(1));
        await AgreesAsync(first);
        Assert.That(await JobsAsync(), Has.Count.EqualTo(2));
        Assert.That(await _day.Training.LiveAsync(), Is.EqualTo((2, 2)), "through the gates");
        await WasCausedByAsync("drift", StoreKeys.DriftVerdict(PumpTraining.Model, first.Start, 1));
        Assert.That(_hours.Skip(1).Select(hour => (hour.Version, hour.Verdict.Drifted)), Is.All.EqualTo((2, 0)), "the new version knows such data");
        Assert.That(_hours[^1].Metric("slipway_model_drift"), Is.LessThan(1));
        Assert.That(_day.Notices, Is.EqualTo(new[] { false, true }), "it began, and it ended");
    }

    [Test]
    public async Task DayLikeTheTrainingDataDoesNothing()
    {
        _day.Training.Drop("second.csv", _rows.Draw(1500));
        await LetPassAsync(() => _rows.Draw(RowsAnHour));

        Assert.That(_hours.Select(hour => (hour.Version, hour.Verdict.State)), Is.All.EqualTo((1, DriftState.Stable)));
        Assert.That(_hours.Select(hour => (hour.Metric("slipway_model_drifted"), hour.Metric("slipway_model_drift") < 1, hour.Metric("slipway_model_quality_lost"))), Is.All.EqualTo((0.0, true, 0.0)));
        await AgreesAsync(_hours[^1]);
        Assert.That(await JobsAsync(), Has.Count.EqualTo(1));
        Assert.That((await RetrainAsync()).Phase, Is.EqualTo(RetrainPhase.WaitsForCause));
        Assert.That(_day.Notices, Is.Empty);
        await AccuracyAgreesAsync(atLeast: 0.85);
    }

    /// <summary>What pressure means is reversed, and its distribution is as it was.</summary>
    [Test]
    public async Task BadModelShowsAndIsTrainedAgainOnce()
    {
        _day.Training.Drop("second.csv", Reversed(_rows.Draw(1500)));
        await LetPassAsync(() => Reversed(_rows.Draw(RowsAnHour)));

        Assert.That(_hours.Select(hour => hour.Verdict.Drifted), Is.All.Zero, "inputs cannot show it");
        Assert.That(_hours[0].Metric("slipway_model_quality", "metric=\"accuracy\""), Is.EqualTo(_hours[0].Correct / (double)RowsAnHour).Within(1e-9).And.LessThan(0.3));
        Assert.That(_hours[0].Metric("slipway_model_quality_lost"), Is.GreaterThan(0));
        Assert.That(await JobsAsync(), Has.Count.EqualTo(2));
        Assert.That(_hours.Skip(1).Select(hour => hour.Version), Is.All.EqualTo(2));
        await WasCausedByAsync("accuracy", $"{StoreKeys.Quality(PumpTraining.Model)}#1/");
        await AccuracyAgreesAsync(atLeast: 0.85);
    }

    private async Task LetPassAsync(Func<IReadOnlyList<PumpRow>> rows)
    {
        for (var hour = 0; hour < Hours; hour++)
            _hours.Add(await _day.HourAsync(rows(), joins: hour is 0 or Hours - 1));
    }

    private static IReadOnlyList<PumpRow> Reversed(IEnumerable<PumpRow> rows) => [.. rows.Select(row => row with { Failed = !row.Failed })];

    /// <summary>The independent count: of the rows that were sent, at the edges of the training data's bins.</summary>
    private async Task AgreesAsync(MonitoredHour hour)
    {
        var manifest = (await new ModelVersions(_day.Store).GetAsync(PumpTraining.Model, hour.Version, default))!;
        var pressure = (await new FeatureBaselines(_day.Store).ReadAsync(manifest, default))!.Columns[0];
        var expected = pressure.Counts.Sum();
        var distance = pressure.Edges!.Select((edge, i) => Math.Abs(
            pressure.Counts.Take(i + 1).Sum() / (double)expected - hour.Rows.Count(row => row.Pressure <= edge) / (double)hour.Rows.Count)).Max();
        var feature = hour.Verdict.Features.Single(feature => feature.Name == "pressure");

        Assert.That((hour.Verdict.Rows, feature.Values), Is.EqualTo(((long)hour.Rows.Count, (long)hour.Rows.Count)));
        Assert.That(feature.Distances.Single(one => one.Statistic == DriftStatistic.KolmogorovSmirnov).Value, Is.EqualTo(distance).Within(1e-9));
    }

    /// <summary>Of the version that served last, by what callers were told.</summary>
    private async Task AccuracyAgreesAsync(double atLeast)
    {
        var version = _hours[^1].Version;
        var hours = _hours.Where(hour => hour.Version == version).ToList();
        var quality = (await _day.QualityAsync())!.Versions.Single(one => one.Version == version && one.Day is null);

        Assert.That((quality.Predictions, quality.Labels), Is.EqualTo(((long)hours.Count * RowsAnHour, (long)hours.Count * RowsAnHour)));
        Assert.That(quality.Metrics["accuracy"].Value, Is.EqualTo(hours.Sum(hour => hour.Correct) / (double)(hours.Count * RowsAnHour)).Within(1e-9).And.GreaterThan(atLeast));
    }

    private async Task WasCausedByAsync(string kind, string key)
    {
        var manifest = (await new ModelVersions(_day.Store).GetAsync(PumpTraining.Model, 2, default))!;
        Assert.That(manifest.Lineage.Cause!.Kind, Is.EqualTo(kind));
        Assert.That(manifest.Lineage.Cause.Key, Does.StartWith(key));
        Assert.That(manifest.Gates.Passed, Is.True);
        Assert.That((await new ModelHistory(_day.Store).ReadAsync(PumpTraining.Model, 0, default).LastAsync()).Reason, Does.Contain(manifest.Lineage.Cause.Sentence));
    }

    private async Task<IReadOnlyList<string>> JobsAsync() =>
        [.. (await _day.Store.ListKeysAsync(StoreKeys.TrainingJobs(PumpTraining.Model)).ToListAsync()).Select(key => key.Split('/')[1]).Distinct()];

    private async Task<RetrainState> RetrainAsync() => (await _day.Store.ReadAsync(StoreKeys.Retraining(PumpTraining.Model), RegistryJson.Default.RetrainState))!.Value;
}
