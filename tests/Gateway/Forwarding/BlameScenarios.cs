using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Gateway.Forwarding;
using Slipway.Gateway.Status;
using Slipway.Gateway.Tests.Fixtures;
using Slipway.Registry.Channels;

namespace Slipway.Gateway.Tests.Forwarding;

/// <summary>Only a server's own failures count against it; its caller's mistakes are reported to the caller.</summary>
public class BlameScenarios
{
    private const int MoreThanEject = 12;

    private GatewayFixture _gateway = null!;
    private Backend _blue = null!;
    private Backend _green = null!;

    [SetUp]
    public async Task SetUp()
    {
        _gateway = new(options => options with { RequestTimeout = TimeSpan.FromSeconds(1), RetryBufferBytes = 10_000 });
        _blue = await _gateway.StartServerAsync(Color.Blue);
        _green = await _gateway.StartServerAsync(Color.Green);
        await _gateway.StartAsync();
    }

    [TearDown]
    public async Task TearDown() => await _gateway.DisposeAsync();

    [TestCase("Jos\u00c3\u00a9", Description = "UTF-8")]
    [TestCase("Jos\u00e9", Description = "Latin-1")]
    [TestCase("a\u0080\u00ff")]
    public async Task AHeaderReachesTheServerByteForByte(string value)
    {
        for (var i = 0; i < MoreThanEject; i++)
            Assert.That(await SendAsync($"x-name: {value}\r\nCookie: n={value}\r\n"), Does.StartWith("HTTP/1.1 200"));
        Assert.That(_blue.Requests.Select(request => request.Headers["x-name"]), Has.Exactly(MoreThanEject).EqualTo(value));
        Assert.That(_blue.Requests.Select(request => request.Headers["cookie"]), Has.All.EqualTo($"n={value}"));
        await EverybodyIsHealthyAsync();
    }

    [Test]
    public async Task HowLongACallerTakesToSendIsNotTheServersTime()
    {
        using var caller = await RawCaller.ConnectAsync(_gateway.Public.BaseAddress!);
        await caller.WriteAsync("POST /v2/models/m/infer HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{");
        await _gateway.App.WaitForAsync<MemoryBudget>(memory => memory.Held > 0);
        _gateway.Time.Advance(TimeSpan.FromSeconds(5));
        await caller.WriteAsync("}");
        Assert.That(await caller.ReadToEndAsync(), Does.StartWith("HTTP/1.1 200"));

        await _gateway.App.WaitForAsync<GatewayMetrics>(metrics => metrics.Of(Color.Blue).Requests == 1);
        Assert.That(_gateway.App.Services.GetRequiredService<GatewayMetrics>().Of(Color.Blue).Latencies.Percentile(0.5), Is.LessThan(5000));
    }

    [Test]
    public async Task AnAnswersHeaderComesBackByteForByte()
    {
        _blue.Behavior = Behavior.OddHeader;
        Assert.That(await SendAsync(""), Does.StartWith("HTTP/1.1 200").And.Contain("x-name: Jos\u00c3\u00a9 \u00e9\r\n"));
    }

    [Test]
    public async Task AnAnswerThatCannotBeReadIsNeitherRepeatedNorCounted()
    {
        (_blue.Behavior, _green.Behavior) = (Behavior.LongHeaders, Behavior.LongHeaders);
        for (var i = 0; i < MoreThanEject; i++)
        {
            using var answer = await _gateway.SendAsync();
            Assert.That((int)answer.StatusCode, Is.EqualTo(502));
            Assert.That(answer.Headers.RetryAfter, Is.Null, "the same request fails again");
            using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            Assert.That(problem.RootElement.GetProperty("error").GetString(), Does.Contain("64 kB").And.Contain("fewer columns"));
        }
        Assert.That((_blue.Requests.Count, _green.Requests.Count), Is.EqualTo((MoreThanEject, 0)));
        await EverybodyIsHealthyAsync();
    }

    [TestCase("FFFFFFFFFFFFFFFF1\r\n{}\r\n0\r\n\r\n")]
    [TestCase("7FFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n")]
    [TestCase("80000000\r\n{}\r\n0\r\n\r\n")]
    [TestCase("-1\r\n{}\r\n0\r\n\r\n")]
    [TestCase("zz\r\n{}\r\n0\r\n\r\n")]
    [TestCase("2\r\n{}0\r\n\r\n")]
    [TestCase("0\r\nbad trailer\r\n\r\n")]
    public async Task ABrokenBodyIsItsCallersFault(string chunks)
    {
        var answer = await SendAsync("Transfer-Encoding: chunked\r\n", chunks);
        Assert.That(answer, Does.Match("^HTTP/1.1 4(00|13) "));
        Assert.That(_blue.Requests.Concat(_green.Requests), Is.Empty);
        Assert.That(await _gateway.Private.GetStringAsync("/metrics"), Does.Not.Contain("status=\"5xx\""));
    }

    [Test]
    public async Task ABodyThatBreaksOnItsWayIsItsCallersFaultToo()
    {
        var beyondTheBuffer = new string('x', 20_000);
        for (var i = 0; i < MoreThanEject; i++)
            Assert.That(
                await SendAsync("Transfer-Encoding: chunked\r\n", $"4E20\r\n{beyondTheBuffer}\r\nFFFFFFFFFFFFFFFF1\r\n"), Does.StartWith("HTTP/1.1 400"));
        await EverybodyIsHealthyAsync();
    }

    [Test]
    public async Task AServerThatTakesLongIsAskedOnceAndStaysIn()
    {
        (_blue.Behavior, _green.Behavior) = (Behavior.Work, Behavior.Work);
        var answers = await Task.WhenAll(Enumerable.Range(0, MoreThanEject).Select(_ => _gateway.SendAsync()));
        Assert.That(answers.Select(answer => (int)answer.StatusCode), Has.All.EqualTo(504));
        Assert.That((_blue.Requests.Count, _green.Requests.Count), Is.EqualTo((MoreThanEject, 0)));
        await EverybodyIsHealthyAsync();
    }

    [Test]
    public async Task TheControlShowsThatBrokenConnectionsDoCount()
    {
        _blue.Behavior = Behavior.Abort;
        for (var i = 0; i < MoreThanEject; i++)
            Assert.That(await _gateway.PredictAsync(), Is.EqualTo("green"));
        Assert.That(_blue.Requests, Has.Count.EqualTo(5), "then it is out");
        Assert.That(await HealthAsync(), Is.EqualTo(new[] { "unhealthy", "healthy" }));
    }

    [Test]
    public async Task TheLastHealthyServerStays()
    {
        (_blue.Behavior, _green.Behavior) = (Behavior.Abort, Behavior.Abort);
        for (var i = 0; i < 3 * MoreThanEject; i++)
        {
            using var answer = await _gateway.SendAsync();
            Assert.That((int)answer.StatusCode, Is.EqualTo(503));
        }
        Assert.That(await HealthAsync(), Has.Exactly(1).EqualTo("healthy"));
        using var health = await _gateway.Public.GetAsync("/healthz");
        Assert.That((int)health.StatusCode, Is.EqualTo(200));
    }

    private Task<string> SendAsync(string headers, string body = "") => RawCaller.SendAsync(
        _gateway.Public.BaseAddress!, $"POST /v2/models/m/infer HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n{body}");

    private async Task EverybodyIsHealthyAsync() => Assert.That(await HealthAsync(), Is.EqualTo(new[] { "healthy", "healthy" }));

    private async Task<IEnumerable<string>> HealthAsync() =>
        (await _gateway.StatusAsync()).Colors.SelectMany(color => color.Destinations).Select(destination => destination.Health);
}
