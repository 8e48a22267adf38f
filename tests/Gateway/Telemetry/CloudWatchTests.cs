using System.Diagnostics.Metrics;
using Microsoft.Extensions.Time.Testing;
using Slipway.Gateway.Monitoring;
using Slipway.Gateway.Status;
using Slipway.Gateway.Tests.Fixtures;
using Slipway.Hosting.Telemetry.CloudWatch;
using Slipway.Hosting.Tests.Telemetry.CloudWatch;
using Slipway.Registry.Channels;
using Slipway.Registry.Models;
using Slipway.Registry.Monitoring.Domains;
using Slipway.Registry.Monitoring.Drift;
using Slipway.Registry.Monitoring.Quality;

namespace Slipway.Gateway.Tests.Telemetry;

public sealed class CloudWatchTests
{
    [Test]
    public async Task GatewaySendsWhatAlarmsAreMadeOf()
    {
        await using var output = new StringWriter();
        using var export = new CloudWatchExport(
            new("slipway-test", CloudWatchFigures.Gateway, output), new(CloudWatchFigures.GatewayName, "r1", "main-1", GatewayMetrics.MeterName), TimeProvider.System);
        await export.StartAsync(default);
        await using var gateway = new GatewayFixture();
        await gateway.StartAsync();
        await gateway.StartServerAsync(Color.Blue);
        await gateway.AskForAsync(Color.Blue);
        await gateway.TickAsync();
        await gateway.PredictAsync();
        export.Flush();

        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var line in lines)
            EmfRules.Check(line);
        var sent = lines.SelectMany(EmfRules.MetricsOf).ToHashSet();
        Assert.That(sent, Is.SubsetOf(EmfRules.MetricsOf(CloudWatchFigures.Gateway)));
        Assert.That(sent, Is.SupersetOf(new[] { "slipway.gateway.request.duration.p99(service)", "slipway.gateway.requests(service)", "slipway.gateway.phase(phase,service)" }));
        Assert.That(lines.Where(line => line.Contains("\"phase\":\"(none)\"", StringComparison.Ordinal)), Is.Empty, "the label has the name that the figure uses");
    }

    [Test]
    public async Task EveryFigureIsAMetricOfTheGateway()
    {
        var published = new HashSet<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == GatewayMetrics.MeterName)
                    lock (published)
                        published.Add(instrument.Name);
            },
        };
        listener.Start();
        await using var gateway = new GatewayFixture();
        await gateway.StartAsync();

        lock (published)
            Assert.That(CloudWatchFigures.Gateway.Select(figure => figure.Instrument), Is.SubsetOf(published));
    }

    [Test]
    public async Task WhatMonitoringFoundOfAModelIsSentWithTheModelsName()
    {
        var at = new DateTimeOffset(2026, 11, 30, 10, 0, 0, TimeSpan.Zero);
        var (drift, quality, domains) = (new CurrentDrift(new FakeTimeProvider(at.AddHours(1))), new CurrentQuality(), new CurrentDomains());
        drift.Set(new("pumps", 3, at, TimeSpan.FromHours(1), at.AddHours(1), DriftState.Drifted, 2000, ["blue-1"], 1e-4, 2.5, 1, [], null, [], "torque has drifted."));
        quality.Set("pumps", "etag", new(
            "pumps", at,
            [
                .. new DateOnly?[] { null, new(2026, 11, 29) }.Select(day => new VersionQuality(
                    3, day, 10, 5, new Dictionary<string, Metric> { ["auc"] = new(0.7) }, null, new Dictionary<string, double> { ["auc"] = 0.75 }, -12, [])),
            ],
            [new(3, null, null, "auc", 0.7, 0.6, 0.75, ">= 0.8", 5, "It is worse.")], [], FeedbackCounts.None, null, [], new Dictionary<DateOnly, FeedbackCounts>())
        { EstimatedLost = [] });
        domains.Set("pumps", "etag", new("pumps", 3, at.AddDays(-1), at, DomainState.Different, 500, 500, 2000, 0.75, 0.5, 1e-9, 1 / 365.0, [], "They are different."));
        await using var output = new StringWriter();
        using var meter = new Meter("Slipway.Gateway.Tests.CloudWatch");
        DriftGauges.AddTo(meter, drift);
        QualityGauges.AddTo(meter, quality);
        DomainGauges.AddTo(meter, domains);
        using var export = new CloudWatchExport(
            new("slipway-test", CloudWatchFigures.Gateway, output), new(CloudWatchFigures.GatewayName, "r1", "main-1", meter.Name), TimeProvider.System);
        await export.StartAsync(default);
        export.Flush();

        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var line in lines)
            EmfRules.Check(line);
        Assert.That(lines.SelectMany(EmfRules.MetricsOf), Is.EquivalentTo(EmfRules.MetricsOf(CloudWatchFigures.Gateway.Where(figure => figure.Instrument.StartsWith("slipway.model.", StringComparison.Ordinal)))));
        Assert.That(lines, Has.All.Contain("\"model\":\"pumps\"").And.None.Contain("(none)"));
        Assert.That(string.Concat(lines), Does.Contain("\"slipway.model.drift\":2.5").And.Contain("\"slipway.model.domain\":1.5").And.Contain("\"slipway.model.drifted\":1").And.Contain("\"slipway.model.value\":-12")
            .And.Contain("\"slipway.model.quality.lost\":1").And.Contain("\"slipway.model.quality.coverage\":0.5").And.Contain("\"metric\":\"auc\""));
    }
}
