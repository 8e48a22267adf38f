using System.Diagnostics.Metrics;
using Slipway.Hosting.Telemetry.CloudWatch;
using Slipway.Hosting.Tests.Telemetry.CloudWatch;
using Slipway.Inference.Metrics;
using Slipway.Inference.Tests.Fixtures;
using Slipway.Inference.Tests.Models;

namespace Slipway.Inference.Tests.Telemetry;

public sealed class CloudWatchTests
{
    [Test]
    public async Task ServerSendsWhatAlarmsAreMadeOf()
    {
        await using var output = new StringWriter();
        using var export = new CloudWatchExport(
            new("slipway-test", CloudWatchFigures.Server, output), new(CloudWatchFigures.ServerName, "r1", "blue-1", InferenceMetrics.MeterName), TimeProvider.System);
        await export.StartAsync(default);
        await using var server = new RunningServer();
        await server.Shop.PublishAsync(new TestModel(1));
        await server.StartAsync();
        await server.ReadyAsync();
        using var predicted = await server.InferAsync(Answers.Row);
        using var failed = await server.Client.PostAsync($"/v2/models/{ModelShop.Model}/infer", new StringContent("nonsense"));
        export.Flush();

        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var line in lines)
            EmfRules.Check(line);
        var sent = lines.SelectMany(EmfRules.MetricsOf).ToHashSet();
        Assert.That(sent, Is.SubsetOf(EmfRules.MetricsOf(CloudWatchFigures.Server)));
        Assert.That(sent, Is.SupersetOf(new[]
        {
            "slipway.inference.duration.p99(model,service)", "slipway.inference.failures(model,service,status)", "slipway.inference.failures(service,status)", "slipway.inference.stale(model,service)",
            "slipway.inference.put_backs(model,service)", "slipway.inference.rejections(model,service)", "slipway.inference.log.dropped(service)",
        }));
        Assert.That(lines.Where(line => line.Contains($"\"model\":\"{ModelShop.Model}\",\"status\":\"4xx\"", StringComparison.Ordinal)), Is.Not.Empty, "the labels have the names that the figures use");
    }

    [Test]
    public async Task EveryFigureIsAMetricOfTheServer()
    {
        var published = new HashSet<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == InferenceMetrics.MeterName)
                    lock (published)
                        published.Add(instrument.Name);
            },
        };
        listener.Start();
        await using var server = await new RunningServer().StartAsync();
        using var scraped = await server.Client.GetAsync("/metrics");

        lock (published)
            Assert.That(CloudWatchFigures.Server.Select(figure => figure.Instrument), Is.SubsetOf(published));
    }
}
