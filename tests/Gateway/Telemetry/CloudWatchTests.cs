using System.Diagnostics.Metrics;
using Slipway.Gateway.Status;
using Slipway.Gateway.Tests.Fixtures;
using Slipway.Hosting.Telemetry.CloudWatch;
using Slipway.Hosting.Tests.Telemetry.CloudWatch;
using Slipway.Registry.Channels;

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
            Assert.That(CloudWatchFigures.Gateway.Select(figure => figure.Instrument).Where(name => !name.StartsWith("slipway.model.", StringComparison.Ordinal)), Is.SubsetOf(published));
    }
}
