using System.Security.Cryptography;
using System.Text;
using Slipway.Gateway.Options;
using Slipway.Gateway.Tests.Fixtures;
using Slipway.Registry.Channels;

namespace Slipway.Gateway.Tests.Access;

public class AccessScenarios
{
    private const string Key = "a-long-enough-key";

    private static ApiKey Named(string name, string key) => new(name, SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    private static async Task<(GatewayFixture Gateway, Backend Blue)> StartAsync(Func<GatewayOptions, GatewayOptions> configure)
    {
        var gateway = new GatewayFixture(configure);
        var blue = await gateway.StartServerAsync(Color.Blue);
        await gateway.StartAsync();
        return (gateway, blue);
    }

    [TestCase("x-api-key", Key, 200)]
    [TestCase("Authorization", $"Bearer {Key}", 200)]
    [TestCase("Authorization", $"bearer {Key}", 200)]
    [TestCase("x-api-key", "wrong", 401)]
    [TestCase("x-api-key", "", 401)]
    [TestCase("Authorization", $"Basic {Key}", 401)]
    [TestCase("Authorization", "Bearer ", 401)]
    [TestCase("x-other", Key, 401)]
    public async Task OnlyCallersWithAKeyGetThrough(string header, string value, int expected)
    {
        var (gateway, blue) = await StartAsync(options => options with { ApiKeys = [Named("ci", "another"), Named("ops", Key)] });
        await using var _ = gateway;
        using var answer = await gateway.SendAsync(request => request.Headers.TryAddWithoutValidation(header, value));
        Assert.That((int)answer.StatusCode, Is.EqualTo(expected));
        Assert.That(blue.Requests, Has.Count.EqualTo(expected == 200 ? 1 : 0));
        Assert.That(blue.Requests.SelectMany(request => request.Headers.Values), Has.None.Contains(Key), "keys are not for servers");
        using var health = await gateway.Public.GetAsync("/healthz");
        Assert.That((int)health.StatusCode, Is.EqualTo(200), "load balancers have no key");
    }

    [Test]
    public async Task WithoutKeysAnAuthorizationIsTheServersBusiness()
    {
        var (gateway, blue) = await StartAsync(options => options);
        await using var _ = gateway;
        await gateway.PredictAsync(request => request.Headers.Add("Authorization", "Bearer for-the-server"));
        Assert.That(blue.Requests.Single().Headers["authorization"], Is.EqualTo("Bearer for-the-server"));
    }

    [Test]
    public async Task ACallerAboveItsRateIsToldWhenToComeBackAndOthersAreNotAffected()
    {
        var (gateway, _) = await StartAsync(options => options with { ApiKeys = [Named("ci", "one"), Named("ops", "two")], RateLimit = 5 });
        await using var __ = gateway;
        var statuses = new List<int>();
        for (var i = 0; i < 50; i++)
        {
            using var answer = await gateway.SendAsync(request => request.Headers.Add("x-api-key", "one"));
            statuses.Add((int)answer.StatusCode);
            if (answer.StatusCode == System.Net.HttpStatusCode.TooManyRequests)
                Assert.That(answer.Headers.RetryAfter?.Delta, Is.GreaterThan(TimeSpan.Zero));
        }
        Assert.That(statuses.Take(5), Has.All.EqualTo(200));
        Assert.That(statuses, Has.Member(429));
        Assert.That(await gateway.PredictAsync(request => request.Headers.Add("x-api-key", "two")), Is.EqualTo("blue"));
    }
}
