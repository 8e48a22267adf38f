using System.Net;
using Slipway.Gateway.Tests.Fixtures;
using Slipway.Registry.Channels;
using Slipway.Registry.Predictions;

namespace Slipway.Gateway.Tests.Access;

/// <summary>Callers behind another proxy: on this machine everybody comes from loopback then.</summary>
public class TrustScenarios
{
    [TestCase("X-Forwarded-For", "6.6.6.6")]
    [TestCase("Forwarded", "for=6.6.6.6")]
    [TestCase("X-Real-IP", "6.6.6.6")]
    [TestCase("Via", "1.1 proxy")]
    public async Task ACallerBehindALocalProxyIsNotTheOperatorOfThisMachine(string header, string value)
    {
        await using var gateway = new GatewayFixture();
        var blue = await gateway.StartServerAsync(Color.Blue);
        await gateway.StartServerAsync(Color.Green);
        await gateway.StartAsync();
        var answered = await gateway.PredictAsync(request =>
        {
            request.Headers.TryAddWithoutValidation(header, value);
            request.Headers.Add(SlipwayHeaders.Color, "green");
            request.Headers.Add(SlipwayHeaders.Probe, "1");
        });
        Assert.That(answered, Is.EqualTo("blue"), "the color is not the caller's to choose");
        Assert.That(blue.Requests.Single().Headers.Keys, Has.None.StartsWith("x-slipway-"));
    }

    [Test]
    public async Task ATrustedProxySaysWhoItsCallerIs()
    {
        await using var gateway = new GatewayFixture(options => options with { TrustedProxies = [IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("10.0.0.0/8")] });
        var blue = await gateway.StartServerAsync(Color.Blue);
        await gateway.StartAsync();
        await gateway.PredictAsync(request =>
        {
            // the caller's own claim is first; 10.1.2.3 is a proxy, so the address that called it is the caller's
            request.Headers.Add("X-Forwarded-For", "1.1.1.1, 6.6.6.6, 10.1.2.3");
            request.Headers.Add("X-Forwarded-Proto", "https, https, http");
            request.Headers.Add(SlipwayHeaders.Probe, "1");
        });
        var headers = blue.Requests.Single().Headers;
        Assert.That((headers["x-forwarded-for"], headers["x-forwarded-proto"]), Is.EqualTo(("6.6.6.6", "https")));
        Assert.That(headers.Keys, Has.None.StartsWith("x-original-").And.None.StartsWith("x-slipway-"));
    }

    [Test]
    public async Task WithoutKeysEveryCallerBehindATrustedProxyHasItsOwnRate([Values] bool isTrusted)
    {
        await using var gateway = new GatewayFixture(options => options with { RateLimit = 2, TrustedProxies = isTrusted ? [IPNetwork.Parse("127.0.0.1/32")] : [] });
        await gateway.StartServerAsync(Color.Blue);
        await gateway.StartAsync();
        var statuses = new List<int>();
        foreach (var caller in new[] { "6.6.6.6", "7.7.7.7", "2001:db8::1", "8.8.8.8, 9.9.9.9" })
        {
            using var answer = await gateway.SendAsync(request => request.Headers.Add("X-Forwarded-For", caller));
            statuses.Add((int)answer.StatusCode);
        }
        Assert.That(statuses, Is.EqualTo(isTrusted ? new[] { 200, 200, 200, 200 } : [200, 200, 429, 429]));
    }

    [Test]
    public async Task TheAddressesOfOneIPv6NetworkShareARate()
    {
        await using var gateway = new GatewayFixture(options => options with { RateLimit = 2, TrustedProxies = [IPNetwork.Parse("127.0.0.1/32")] });
        await gateway.StartServerAsync(Color.Blue);
        await gateway.StartAsync();
        var statuses = new List<int>();
        foreach (var caller in new[] { "2001:db8::1", "2001:db8::2", "2001:db8::3:4", "2001:db8:0:1::1" })
        {
            using var answer = await gateway.SendAsync(request => request.Headers.Add("X-Forwarded-For", caller));
            statuses.Add((int)answer.StatusCode);
        }
        Assert.That(statuses, Is.EqualTo(new[] { 200, 200, 429, 200 }));
    }
}
