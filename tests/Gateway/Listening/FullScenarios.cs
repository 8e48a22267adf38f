using System.Net;
using Slipway.Gateway.Forwarding;
using Slipway.Gateway.Listening;
using Slipway.Gateway.Tests.Fixtures;
using Slipway.Registry.Channels;

namespace Slipway.Gateway.Tests.Listening;

/// <summary>A gateway limits bytes and connections over all callers.</summary>
public class FullScenarios
{
    private const int Body = 100_000;

    private GatewayFixture _gateway = null!;
    private readonly List<RawCaller> _callers = [];

    [SetUp]
    public async Task SetUp()
    {
        _gateway = new(options => options with { MaxBufferedBytes = 3 * Body, RetryBufferBytes = Body, MaxConnections = 8, TrustedProxies = [IPNetwork.Parse("127.0.0.0/8")] });
        await _gateway.StartServerAsync(Color.Blue);
        await _gateway.StartAsync();
    }

    [TearDown]
    public async Task TearDown()
    {
        _callers.ForEach(caller => caller.Dispose());
        _callers.Clear();
        await _gateway.DisposeAsync();
    }

    [Test]
    public async Task UploadsThatStallHoldNoMoreThanTheBudget()
    {
        for (var i = 2; i <= 4; i++)
            await StallAsync(from: $"192.0.2.{i}");
        await HeldAsync(3 * (Body - 1000));

        using var refused = await _gateway.SendAsync(body: new byte[Body / 2]);
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(refused.Headers.RetryAfter?.Delta, Is.GreaterThan(TimeSpan.Zero));
        Assert.That(await refused.Content.ReadAsStringAsync(), Does.Contain("holds as many request bodies as it may"));
        using var passing = await _gateway.SendAsync(body: new byte[2 * Body]);
        Assert.That(passing.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable), "a body that is too long to buffer also uses its share");
        using var metadata = await _gateway.Public.GetAsync("/v2/models/m");
        Assert.That(metadata.StatusCode, Is.EqualTo(HttpStatusCode.OK), "a request without a body needs nothing");
        Assert.That(await HealthAsync(), Is.EqualTo((200, "full")));
        Assert.That(await _gateway.Private.GetStringAsync("/metrics"), Does.Match("slipway_gateway_full_total\\{.*of=\"memory\".*\\} 2"));

        _callers.ForEach(caller => caller.Dispose());
        await HeldAsync(0);
        Assert.That(await _gateway.PredictAsync(body: new byte[Body]), Is.EqualTo("blue"));
        Assert.That(await HealthAsync(), Is.EqualTo((200, "healthy")));
        await HeldAsync(0);
    }

    [Test]
    public async Task ACallerWhoseUploadsStallLeavesRoomForOthers()
    {
        await StallAsync(from: "192.0.2.2");
        await HeldAsync(Body - 1000);
        using var more = await _gateway.SendAsync(request => request.Headers.Add("X-Forwarded-For", "192.0.2.2"), body: new byte[Body]);
        Assert.That(more.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(await more.Content.ReadAsStringAsync(), Does.Contain("from one caller"));

        Assert.That(await _gateway.PredictAsync(body: new byte[Body]), Is.EqualTo("blue"));
        Assert.That(await HealthAsync(), Is.EqualTo((200, "healthy")));
    }

    [Test]
    public async Task ACallerBeyondTheConnectionsIsToldSoAndHealthStillAnswers()
    {
        for (var i = 0; i < 8; i++)
            await StallAsync(send: 0);
        await _gateway.App.WaitForAsync<ConnectionLimit>(limit => limit.Open == 8);

        var refused = await RawCaller.SendAsync(_gateway.Public.BaseAddress!, "GET /v2/models/m HTTP/1.1\r\nHost: localhost\r\n\r\n");
        Assert.That(refused, Does.StartWith("HTTP/1.1 503").And.Contain("Retry-After: 1").And.Contain("Connection: close").And.Contain("connections"));
        Assert.That(await RawCaller.SendAsync(_gateway.Public.BaseAddress!, "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), Does.StartWith("HTTP/1.1 200"));
        Assert.That((await _gateway.StatusAsync()).Colors, Is.Not.Empty, "operators are not counted");

        _callers.ForEach(caller => caller.Dispose());
        await _gateway.App.WaitForAsync<ConnectionLimit>(limit => limit.Open == 0);
        Assert.That(await _gateway.PredictAsync(), Is.EqualTo("blue"));
    }

    [Test]
    public async Task ARequestBeyondThoseThatAreAtServersIsToldSo()
    {
        await using var gateway = new GatewayFixture(options => options with { MaxConcurrentRequests = 2, RequestTimeout = TimeSpan.FromSeconds(20) });
        var server = await gateway.StartServerAsync(Color.Blue);
        await gateway.StartAsync();
        server.Behavior = Behavior.Work;
        var admitted = new[] { gateway.PredictAsync(), gateway.PredictAsync() };
        await server.ArrivedAsync(2);

        using var refused = await gateway.SendAsync();
        Assert.That((refused.StatusCode, refused.Headers.RetryAfter is null), Is.EqualTo((HttpStatusCode.ServiceUnavailable, false)));
        Assert.That(await refused.Content.ReadAsStringAsync(), Does.Contain("holds as many requests as it may"));
        Assert.That(await gateway.Private.GetStringAsync("/metrics"), Does.Match("slipway_gateway_full_total\\{.*of=\"requests\".*\\} 1"));
        Assert.That(server.Requests, Has.Count.EqualTo(2), "no server has seen it");
        var status = await gateway.StatusAsync();
        Assert.That((status.Refused, status.Colors.Sum(color => color.Requests), status.Colors.Sum(color => color.Errors)), Is.EqualTo((1, 0, 0)), "and no color counts it");

        server.Finish();
        await Task.WhenAll(admitted);
        await gateway.App.WaitForAsync<AdmissionLimit>(limit => limit.InFlight == 0);
        server.Behavior = Behavior.Answer;
        Assert.That(await gateway.PredictAsync(), Is.EqualTo("blue"));
    }

    /// <summary>Begins an upload and never ends it.</summary>
    /// <param name="from">The address that a proxy in front reports.</param>
    private async Task StallAsync(int send = Body - 1000, string from = "192.0.2.1")
    {
        var caller = await RawCaller.ConnectAsync(_gateway.Public.BaseAddress!);
        _callers.Add(caller);
        await caller.WriteAsync($"POST /v2/models/m/infer HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: {from}\r\nContent-Length: {Body}\r\n\r\n{new string('x', send)}");
    }

    private Task HeldAsync(long bytes) => _gateway.App.WaitForAsync<MemoryBudget>(budget => budget.Held == bytes);

    private async Task<(int, string)> HealthAsync()
    {
        using var answer = await _gateway.Public.GetAsync("/healthz");
        var text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, text.Contains("full", StringComparison.Ordinal) ? "full" : text.Contains("healthy", StringComparison.Ordinal) ? "healthy" : text);
    }
}
