using Slipway.Gateway.Access;
using Slipway.Gateway.Tests.Fixtures;
using Slipway.Registry.Channels;

namespace Slipway.Gateway.Tests.Access;

/// <summary>A name that leads to this machine is not this machine's name: a page on the web can choose where its own leads.</summary>
public class HostScenarios
{
    [TestCase("localhost", 200)]
    [TestCase("LOCALHOST:1234", 200)]
    [TestCase("127.0.0.1:1", 200)]
    [TestCase("[::1]", 200)]
    [TestCase("models.example:8080", 200, Description = "named in AllowedHosts")]
    [TestCase("evil.example", 421)]
    [TestCase("localhost.evil.example", 421)]
    [TestCase("127.0.0.1.evil.example", 421)]
    [TestCase("10.0.0.1", 421)]
    public async Task OnLoopbackOnlyThisMachinesNamesAreAnswered(string host, int expected)
    {
        await using var gateway = new GatewayFixture(options => options with { AllowedHosts = ["models.example"] });
        var blue = await gateway.StartServerAsync(Color.Blue);
        await gateway.StartAsync();
        using var prediction = await gateway.SendAsync(request => request.Headers.Host = host);
        Assert.That((int)prediction.StatusCode, Is.EqualTo(expected));
        Assert.That(blue.Requests, Has.Count.EqualTo(expected == 200 ? 1 : 0));
        foreach (var path in new[] { "/api/status", "/metrics", "/livez" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = host } };
            using var answer = await gateway.Private.SendAsync(request);
            Assert.That((int)answer.StatusCode, Is.EqualTo(expected), path);
        }
    }

    [Test]
    public async Task ARefusedNameIsToldWhatToDoAndIsCutShort()
    {
        await using var gateway = new GatewayFixture();
        await gateway.StartAsync();
        var answer = await RawCaller.SendAsync(
            gateway.Public.BaseAddress!, $"GET /v2 HTTP/1.1\r\nHost: {new string('x', 4000)}\r\nConnection: close\r\n\r\n");
        Assert.That(answer, Does.StartWith("HTTP/1.1 421").And.Contain("AllowedHosts"));
        Assert.That(answer, Has.Length.LessThan(1500));
    }

    [TestCase("http://0.0.0.0:8080", "any.example", true)]
    [TestCase("http://0.0.0.0:8080", "any.example", false, "models.example")]
    [TestCase("http://0.0.0.0:8080", "models.example", true, "models.example")]
    [TestCase("http://127.0.0.1:8080", "any.example", true, "*")]
    [TestCase("http://127.0.0.1:8080", "", true, Description = "no browser leaves it out")]
    public void ElsewhereAnyNameIsAnsweredUnlessSomeAreNamed(string listener, string host, bool expected, params string[] allowed) =>
        Assert.That(HostPolicy.IsAllowed(new(host), new(listener), allowed), Is.EqualTo(expected));

    [Test]
    public void TheLastHostIsRememberedAndNoOther()
    {
        var hosts = new AcceptedHost(new("http://127.0.0.1:8080"), []);

        Assert.That(new[] { "localhost:8080", "localhost:8080", "evil.example", "evil.example", "127.0.0.1" }.Select(host => hosts.IsAllowed(new(host))),
            Is.EqualTo(new[] { true, true, false, false, true }));
    }
}
