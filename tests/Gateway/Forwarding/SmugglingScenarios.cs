using Slipway.Gateway.Tests.Fixtures;
using Slipway.Registry.Channels;

namespace Slipway.Gateway.Tests.Forwarding;

/// <summary>Requests with two definitions of their end: the gateway and a server must agree where the next one starts.</summary>
public class SmugglingScenarios
{
    private const string Smuggled = "GET /v2/models/smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private GatewayFixture _gateway = null!;
    private Backend _blue = null!;

    [SetUp]
    public async Task SetUp()
    {
        _gateway = new();
        _blue = await _gateway.StartServerAsync(Color.Blue);
        await _gateway.StartAsync();
    }

    [TearDown]
    public async Task TearDown() => await _gateway.DisposeAsync();

    [TestCase("Content-Length: 4\r\nContent-Length: 50\r\n", "{}  ")]
    [TestCase("Content-Length: 4, 50\r\n", "{}  ")]
    [TestCase("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n")]
    [TestCase("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n")]
    [TestCase("Transfer-Encoding : chunked\r\n", "0\r\n\r\n")]
    [TestCase("Transfer-Encoding: chunked\r\n", "2;a=\nb\r\n{}\r\n0\r\n\r\n")]
    [TestCase("Transfer-Encoding: chunked\r\n", "2\n{}\r\n0\r\n\r\n")]
    public async Task AnAmbiguousRequestIsRefusedAndWhatFollowsIsNotRead(string headers, string body)
    {
        var answer = await SendAsync($"POST /v2/models/m/infer HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n{body}{Smuggled}");
        Assert.That(answer, Does.StartWith("HTTP/1.1 400"));
        Assert.That(_blue.Requests, Is.Empty);
    }

    [Test]
    public async Task ChunkedWinsOverALengthAndOnlyOneRequestIsPassedOn()
    {
        // the length would swallow the second request, the chunks end before it: both sides must go by the chunks
        var answer = await SendAsync(
            $"POST /v2/models/m/infer HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {5 + Smuggled.Length}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{Smuggled}");
        Assert.That(answer, Does.StartWith("HTTP/1.1 200").Or.StartWith("HTTP/1.1 400"));
        Assert.That(_blue.Requests.Select(request => request.Path), Has.None.Contains("smuggled"));
        Assert.That(_blue.Requests.SelectMany(request => request.Body), Is.Empty);
    }

    [Test]
    public async Task ALengthWithASignReachesTheServerAsAPlainNumber()
    {
        await SendAsync("POST /v2/models/m/infer HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: +4\r\n\r\n{}  ");
        Assert.That(_blue.Requests.Select(request => request.Headers["content-length"]), Has.All.EqualTo("4"));
    }

    [Test]
    public async Task TheControlShowsThatASecondRequestWouldBeSeen()
    {
        await SendAsync($"POST /v2/models/m/infer HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\n{{}}  {Smuggled.Replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n", StringComparison.Ordinal)}");
        Assert.That(_blue.Requests.Select(request => request.Path), Has.Some.Contains("smuggled"));
    }

    private Task<string> SendAsync(string request) => RawCaller.SendAsync(_gateway.Public.BaseAddress!, request);
}
