using Microsoft.Extensions.DependencyInjection;
using Slipway.Gateway.Monitoring;
using Slipway.Gateway.Tests.Fixtures;
using Slipway.Gateway.Tests.Probes;
using Slipway.Registry;
using Slipway.Registry.Models;
using Slipway.Registry.Monitoring.Drift;
using Slipway.Registry.Storage;

namespace Slipway.Gateway.Tests.Monitoring;

public class DriftScenarios
{
    private const string Model = GoldenVersions.Model;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly FeatureBaseline Baseline = new(
        2000, [new("torque", ColumnKind.Numeric, [10, 20, 30], [500, 500, 500, 500], 0, 20, 10)], new("probability", ColumnKind.Numeric, [0.5f], [150, 50], 0, 0.4, 0.2));

    private static readonly long[] Like = [250, 250, 250, 250];
    private static readonly long[] Unlike = [50, 100, 350, 500];

    private GatewayFixture _gateway = null!;
    private DateTimeOffset _start;
    private TimeSpan _next;

    [SetUp]
    public async Task SetUp()
    {
        (_gateway, _next) = (new(), TimeSpan.Zero);
        await GoldenVersions.RegisterAsync(_gateway.Store, 1, baseline: Baseline);
        await GoldenVersions.RegisterAsync(_gateway.Store, 2);
        await _gateway.StartServerAsync(Registry.Channels.Color.Blue);
        await _gateway.StartAsync();
        await _gateway.TickAsync();
        _start = _gateway.Time.GetUtcNow();
    }

    [TearDown]
    public async Task TearDown() => await _gateway.DisposeAsync();

    [Test]
    public async Task AddsTheCountsOfAllServersWhenTheWindowIsComplete()
    {
        await CountAsync("blue-1", Unlike);
        await CountAsync("green-1", Unlike);
        await LookAsync();
        Assert.That(await VerdictAsync(_start), Is.Null, "the window is open");
        _gateway.Time.Advance(Hour);
        await LookAsync();
        Assert.That(await VerdictAsync(_start), Is.Null, "the last counts may be on their way");
        _gateway.Time.Advance(TimeSpan.FromMinutes(2));
        await LookAsync();

        var verdict = (await VerdictAsync(_start))!;
        Assert.That((verdict.State, verdict.Rows, verdict.Drifted, verdict.Gateway), Is.EqualTo((DriftState.Drifted, 2000L, 1, "main")));
        Assert.That(verdict.Replicas, Is.EqualTo(new[] { "blue-1", "green-1" }));
        Assert.That(verdict.Features.Single().Distances.Select(distance => distance.Statistic), Does.Contain(DriftStatistic.KolmogorovSmirnov));
        Assert.That((await LatestAsync())!.Start, Is.EqualTo(_start));
    }

    /// <summary>The independent count: the same two histograms, by hand.</summary>
    [Test]
    public async Task FiguresAgreeWithAnIndependentCount()
    {
        await CompleteAsync(Unlike);

        var distances = (await VerdictAsync(_start))!.Features.Single().Distances.ToDictionary(distance => distance.Statistic, distance => distance.Value);
        Assert.That(distances[DriftStatistic.KolmogorovSmirnov], Is.EqualTo(0.35).Within(1e-9), "0.5 and 0.15 are at most 20");
        Assert.That(distances[DriftStatistic.Psi], Is.EqualTo(-0.2 * Math.Log(0.2) - 0.15 * Math.Log(0.4) + 0.1 * Math.Log(1.4) + 0.25 * Math.Log(2)).Within(1e-9));
    }

    [Test]
    public async Task NotifiesWhenDriftBeginsAndWhenItEndsAndNotInBetween()
    {
        foreach (var counts in new[] { Like, Unlike, Unlike, [20, 0, 0, 0], Unlike, Like, Like })
            await CompleteAsync(counts);

        var notices = (await _gateway.StateAsync()).Outbox!.Where(change => change.Drift is not null).ToList();
        Assert.That(notices.Select(change => (change.Drift!.Ended, change.Drift.Window)), Is.EqualTo(new[] { (false, At(1)), (true, At(5)) }));
        Assert.That(notices[0].Id, Is.EqualTo($"main-drift-pumps-{At(1).UtcDateTime:yyyyMMdd'T'HHmmss}-began"));
        Assert.That(notices[0].Reason, Does.StartWith("'torque' (").And.EndWith(" times its bound) has drifted from the training data."));
        Assert.That((await VerdictAsync(At(3)))!.State, Is.EqualTo(DriftState.TooFew));
        Assert.That((await LatestAsync())!.AlarmSince, Is.Null);
    }

    [Test]
    public async Task GatewayThatTakesOverGoesOnWhereTheOtherOneWas()
    {
        await CompleteAsync(Unlike);
        await _gateway.RestartAsync();
        await _gateway.TickAsync();
        await CompleteAsync(Unlike);

        Assert.That((await LatestAsync())!.AlarmSince, Is.EqualTo(_start));
        Assert.That((await _gateway.StateAsync()).Outbox!.Count(change => change.Drift is not null), Is.EqualTo(1));
    }

    [Test]
    public async Task MetricsAreThoseOfTheNewestVerdictUntilNobodyKnowsAnyMore()
    {
        await CompleteAsync(Unlike);
        var drift = _gateway.App.Services.GetRequiredService<CurrentDrift>();
        var metrics = await _gateway.Private.GetStringAsync("/metrics");

        Assert.That(metrics, Does.Match("slipway_model_drifted\\{.*model=\"pumps\"\\} 1"));
        Assert.That(metrics, Does.Match("slipway_model_drift\\{.*model=\"pumps\"\\} 4"));
        Assert.That(drift.All.Select(verdict => verdict.Model), Is.EqualTo(new[] { Model }));
        _gateway.Time.Advance(3 * Hour);
        Assert.That(drift.All, Is.Empty);
    }

    [Test]
    public async Task VersionWithoutABaselineSaysSo()
    {
        await CompleteAsync(Unlike, version: 2);

        var verdict = (await VerdictAsync(_start, version: 2))!;
        Assert.That((verdict.State, verdict.Drifted), Is.EqualTo((DriftState.NoBaseline, 0)));
        Assert.That(verdict.Sentence, Is.EqualTo("Version 2 has no baseline to compare with: train it again with this release."));
    }

    [Test]
    public async Task CountsThatCannotBeReadAreLeftOut()
    {
        await _gateway.Store.PutAsync(StoreKeys.DriftWindow(Model, _start, 1, "blue-0"), new MemoryStream("{"u8.ToArray()), PutCondition.None, default);
        await _gateway.Store.PutAsync($"{StoreKeys.DriftWindows(Model)}later/x.json", new MemoryStream("{}"u8.ToArray()), PutCondition.None, default);
        await CompleteAsync(Like);

        Assert.That((await VerdictAsync(_start))!.State, Is.EqualTo(DriftState.Stable));
    }

    [Test]
    public async Task TriesAgainWhenTheStoreIsBack()
    {
        await CountAsync("blue-1", Unlike);
        _gateway.Time.Advance(Hour + TimeSpan.FromMinutes(2));
        _gateway.Store.IsAway = true;
        await LookAsync();
        _gateway.Store.IsAway = false;
        await LookAsync();

        Assert.That((await VerdictAsync(_start))!.State, Is.EqualTo(DriftState.Drifted));
    }

    private DateTimeOffset At(int window) => _start + window * Hour;

    /// <summary>One whole window, from its first count to its verdict.</summary>
    private async Task CompleteAsync(long[] counts, int version = 1)
    {
        await CountAsync("blue-1", counts, version);
        _next += Hour;
        _gateway.Time.Advance(_start + _next + TimeSpan.FromMinutes(2) - _gateway.Time.GetUtcNow());
        await LookAsync();
    }

    private async Task CountAsync(string replica, long[] counts, int version = 1)
    {
        var start = _start + _next;
        var rows = counts.Sum();
        var window = new DriftWindow(
            Model, version, GoldenVersions.OnnxSha256(version), start, Hour, [replica], rows, 0,
            [new("torque", counts, 0, 0, 0, 1, 40, 2)], new("probability", [rows * 3 / 4, rows - rows * 3 / 4], 0, 0, 0, null, null, null), start + Hour);
        await _gateway.Store.WriteAsync(StoreKeys.DriftWindow(Model, start, version, replica), window, RegistryJson.Default.DriftWindow, PutCondition.None);
    }

    private Task LookAsync() => _gateway.App.Services.GetRequiredService<DriftController>().TickAsync(default);

    private async Task<DriftVerdict?> VerdictAsync(DateTimeOffset start, int version = 1) =>
        (await _gateway.Store.ReadAsync(StoreKeys.DriftVerdict(Model, start, version), RegistryJson.Default.DriftVerdict))?.Value;

    private async Task<DriftVerdict?> LatestAsync() => (await _gateway.Store.ReadAsync(StoreKeys.LatestDrift(Model), RegistryJson.Default.DriftVerdict))?.Value;
}
