using System.Collections.Concurrent;
using System.Diagnostics;
using Slipway.Hosting.Telemetry;
using Slipway.Inference.Metrics;
using Slipway.Inference.Tests.Fixtures;
using Slipway.Inference.Tests.Models;
using Slipway.Registry.Predictions;

namespace Slipway.Inference.Tests.Telemetry;

/// <summary>Alone: listeners to traces are those of the whole process.</summary>
[NonParallelizable]
public sealed class TelemetryTests
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";
    private const string CallersTrace = $"00-{Trace}-b7ad6b7169203331-01";

    [Test]
    public async Task ExportsTracesMetricsAndLogs()
    {
        await using var collector = await Collector.StartAsync();
        await using var server = await StartAsync(collector.Settings("OTEL_SERVICE_NAME=shop", "OTEL_RESOURCE_ATTRIBUTES=team=pricing"));

        using var answer = await server.InferAsync(Answers.Row, ("traceparent", CallersTrace));
        var id = answer.Header(SlipwayHeaders.PredictionId);

        await Wait.ForAsync(() => collector.Received("/v1/traces", id), "the prediction id is in a trace");
        Assert.That(collector.Received("/v1/traces", Convert.FromHexString(Trace)), "in the trace of the caller");
        Assert.That(collector.Received("/v1/traces", $"predict {ModelShop.Model}"), "the model run has a span");
        await Wait.ForAsync(() => collector.Received("/v1/metrics", "slipway.inference.duration"), "own metrics are exported");
        await Wait.ForAsync(() => collector.Received("/v1/metrics", "http.server.request.duration"), "metrics by convention are exported");
        await Wait.ForAsync(() => collector.Received("/v1/logs", $"Model found: {ModelShop.Model}"), "logs are exported");
        foreach (var signal in new[] { "/v1/traces", "/v1/metrics", "/v1/logs" })
        {
            Assert.That(collector.Received(signal, "shop"), $"{signal}: the name in the environment wins");
            Assert.That(collector.Received(signal, "pricing"), $"{signal}: attributes of the environment");
            Assert.That(collector.Received(signal, "blue-1"), $"{signal}: the replica");
        }
    }

    [Test]
    public async Task TheModelRunIsPartOfTheCallersTrace()
    {
        using var spans = new Spans();
        await using var server = await StartAsync(TelemetrySettings.None);

        using var answer = await server.InferAsync(Answers.Row, ("traceparent", CallersTrace));

        await Wait.ForAsync(() => spans.OfTrace(Trace).Count == 2, "both spans have ended");
        var run = spans.OfTrace(Trace).Single(span => span.Source.Name == InferenceMetrics.MeterName);
        var request = spans.OfTrace(Trace).Single(span => span != run);
        Assert.That(request.ParentSpanId.ToHexString(), Is.EqualTo("b7ad6b7169203331"));
        Assert.That(run.ParentSpanId, Is.EqualTo(request.SpanId));
        Assert.That(run.GetTagItem("slipway.model"), Is.EqualTo(ModelShop.Model));
        Assert.That(run.GetTagItem("slipway.model.version"), Is.EqualTo(1));
        Assert.That(run.GetTagItem("slipway.training_job"), Is.EqualTo(answer.Header(SlipwayHeaders.TrainingJob)));
        Assert.That(run.GetTagItem("slipway.rows"), Is.EqualTo(1));
        foreach (var span in new[] { run, request })
            Assert.That(span.GetTagItem(PredictionSpan.PredictionId), Is.EqualTo(answer.Header(SlipwayHeaders.PredictionId)));
    }

    [Test]
    public async Task ATraceThatIsNotSampledIsNotExported()
    {
        await using var collector = await Collector.StartAsync();
        await using var server = await StartAsync(collector.Settings("OTEL_TRACES_SAMPLER=parentbased_traceidratio", "OTEL_TRACES_SAMPLER_ARG=0"));

        using var own = await server.InferAsync(Answers.Row);
        using var sampled = await server.InferAsync(Answers.Row, ("traceparent", CallersTrace));

        await Wait.ForAsync(() => collector.Received("/v1/traces", sampled.Header(SlipwayHeaders.PredictionId)), "the trace that the caller samples is exported");
        Assert.That(collector.Received("/v1/traces", own.Header(SlipwayHeaders.PredictionId)), Is.False);
    }

    [Test]
    public async Task ACollectorThatDoesNotAnswerDelaysNoRequestAndNoShutdown()
    {
        await using var collector = await Collector.StartAsync(hangs: true);
        var server = await StartAsync(collector.Settings("OTEL_BSP_MAX_QUEUE_SIZE=16", "OTEL_BSP_MAX_EXPORT_BATCH_SIZE=4", "OTEL_EXPORTER_OTLP_TIMEOUT=60000"));
        await Wait.ForAsync(() => collector.Exports > 0, "something was exported");

        for (var i = 0; i < 100; i++)
        {
            using var answer = await server.InferAsync(Answers.Row, ("traceparent", CallersTrace));
            Assert.That(answer.IsSuccessStatusCode);
        }

        // the exporters alone would wait 5 s for each of the three signals
        await server.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(13));
    }

    private static async Task<RunningServer> StartAsync(TelemetrySettings telemetry)
    {
        var server = new RunningServer { Telemetry = telemetry };
        await server.Shop.PublishAsync(new TestModel(1));
        await server.StartAsync("Logging:LogLevel:Default=Information");
        await server.ReadyAsync();
        return server;
    }

    /// <summary>What is traced in this process.</summary>
    private sealed class Spans : IDisposable
    {
        private readonly ConcurrentQueue<Activity> _ended = new();
        private readonly ActivityListener _listener;

        public Spans()
        {
            _listener = new()
            {
                ShouldListenTo = source => source.Name is InferenceMetrics.MeterName or "Microsoft.AspNetCore",
                Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = _ended.Enqueue,
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public IReadOnlyList<Activity> OfTrace(string trace) => [.. _ended.Where(span => span.TraceId.ToHexString() == trace)];

        public void Dispose() => _listener.Dispose();
    }
}
