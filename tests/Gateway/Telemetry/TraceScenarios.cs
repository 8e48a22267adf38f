using System.Collections.Concurrent;
using System.Diagnostics;
using Slipway.Gateway.Status;
using Slipway.Gateway.Tests.Fixtures;
using Slipway.Registry.Channels;

namespace Slipway.Gateway.Tests.Telemetry;

/// <summary>Alone: listeners to traces are those of the whole process.</summary>
[NonParallelizable]
public sealed class TraceScenarios
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";

    [Test]
    public async Task TheServerContinuesTheTraceOfTheTry()
    {
        using var spans = new Spans();
        await using var gateway = new GatewayFixture();
        var server = await gateway.StartServerAsync(Color.Blue);
        await gateway.StartAsync();

        using var answer = await SendAsync(gateway, "01");

        await spans.WaitAsync(2);
        var attempt = spans.Ended.Single(span => span.Source.Name == GatewayMetrics.MeterName);
        var request = spans.Ended.Single(span => span != attempt);
        var headers = server.Requests.Single().Headers;
        Assert.That(headers["traceparent"], Is.EqualTo(attempt.Id), "the server's parent is the try");
        Assert.That(headers["tracestate"], Is.EqualTo("vendor=1"));
        Assert.That(attempt.ParentSpanId, Is.EqualTo(request.SpanId));
        Assert.That(request.ParentSpanId.ToHexString(), Is.EqualTo("b7ad6b7169203331"), "the request's parent is the caller");
        Assert.That(attempt.GetTagItem("slipway.color"), Is.EqualTo("blue"));
        Assert.That(attempt.GetTagItem("slipway.release"), Is.EqualTo("r1"));
        Assert.That(attempt.GetTagItem("slipway.replica"), Is.EqualTo(server.Replica));
        Assert.That(attempt.GetTagItem("http.response.status_code"), Is.EqualTo(200));
    }

    [Test]
    public async Task AFailedTryAndTheNextOneAreBothInTheTrace()
    {
        using var spans = new Spans();
        await using var gateway = new GatewayFixture();
        var servers = new[] { await gateway.StartServerAsync(Color.Blue), await gateway.StartServerAsync(Color.Blue) };
        foreach (var server in servers)
            server.Behavior = Behavior.Abort;
        await gateway.StartAsync();

        using var answer = await SendAsync(gateway, "01");

        await spans.WaitAsync(3);
        var tries = spans.Ended.Where(span => span.Source.Name == GatewayMetrics.MeterName).ToList();
        Assert.That(tries.Select(span => span.GetTagItem("slipway.replica")), Is.EquivalentTo(servers.Select(server => server.Replica)));
        Assert.That(tries.Select(span => (span.Status, span.GetTagItem("error.type"))), Is.All.EqualTo((ActivityStatusCode.Error, "failed")));
    }

    [Test]
    public async Task SpanOfARequestIsNamedByItsRouteAndNotByWhatItsCallerSent()
    {
        using var spans = new Spans();
        // no collector listens on this port, and no request waits for one
        await using var gateway = new GatewayFixture(telemetry: new([new("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://127.0.0.1:9")]));
        await gateway.StartServerAsync(Color.Blue);
        await gateway.StartAsync();

        using var answer = await SendAsync(gateway, "01");

        await spans.WaitAsync(2);
        var request = spans.Ended.Single(span => span.Source.Name != GatewayMetrics.MeterName);
        Assert.That(request.DisplayName, Is.EqualTo("POST /v2/models/{model}/infer"));
        Assert.That(request.GetTagItem("http.route"), Is.EqualTo("/v2/models/{model}/infer"));
    }

    [Test]
    public async Task ATraceThatIsNotSampledStaysSo()
    {
        using var spans = new Spans(ActivitySamplingResult.PropagationData);
        await using var gateway = new GatewayFixture();
        var server = await gateway.StartServerAsync(Color.Blue);
        await gateway.StartAsync();

        using var answer = await SendAsync(gateway, "00");

        Assert.That(server.Requests.Single().Headers["traceparent"], Does.StartWith($"00-{Trace}-").And.EndsWith("-00"));
    }

    private static Task<HttpResponseMessage> SendAsync(GatewayFixture gateway, string flags) => gateway.SendAsync(request =>
    {
        request.Headers.Add("traceparent", $"00-{Trace}-b7ad6b7169203331-{flags}");
        request.Headers.Add("tracestate", "vendor=1");
    });

    /// <summary>What is traced in this process.</summary>
    private sealed class Spans : IDisposable
    {
        private readonly ConcurrentQueue<Activity> _ended = new();
        private readonly ActivityListener _listener;

        public Spans(ActivitySamplingResult result = ActivitySamplingResult.AllDataAndRecorded)
        {
            _listener = new()
            {
                ShouldListenTo = source => source.Name is GatewayMetrics.MeterName or "Microsoft.AspNetCore",
                Sample = (ref _) => result,
                ActivityStopped = _ended.Enqueue,
            };
            ActivitySource.AddActivityListener(_listener);
        }

        /// <summary>Without those of the servers, which are in this process too, and whose parents are tries.</summary>
        public IReadOnlyList<Activity> Ended
        {
            get
            {
                var ended = _ended.Where(span => span.TraceId.ToHexString() == Trace).ToList();
                var tries = ended.Where(span => span.Source.Name == GatewayMetrics.MeterName).Select(span => span.SpanId).ToHashSet();
                return [.. ended.Where(span => !tries.Contains(span.ParentSpanId))];
            }
        }

        public async Task WaitAsync(int count)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
            while (Ended.Count < count)
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, limit.Token);
        }

        public void Dispose() => _listener.Dispose();
    }
}
