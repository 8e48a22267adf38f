using Slipway.Gateway.Tests.Fixtures;
using Slipway.Registry.Channels;

namespace Slipway.Gateway.Tests.Replicas;

/// <summary>A server whose own answers are bad gets no more requests for a while; a model that is bad takes no server out.</summary>
public class OutlierScenarios
{
    private GatewayFixture _gateway = null!;
    private Backend _bad = null!;
    private Backend _good = null!;

    [SetUp]
    public async Task SetUp()
    {
        _gateway = new(options => options with { RetryPercent = 0, RetryBurst = 0, ReplicaTimeout = TimeSpan.FromDays(1) });
        _bad = await _gateway.StartServerAsync(Color.Blue);
        _good = await _gateway.StartServerAsync(Color.Blue);
        await _gateway.StartAsync();
    }

    [TearDown]
    public async Task TearDown() => await _gateway.DisposeAsync();

    [TestCase(Behavior.Fail)]
    [TestCase(Behavior.Refuse)]
    [TestCase(Behavior.NotFinite)]
    public async Task AServerWhoseAnswersAreBadIsOutAndReturns(Behavior behavior)
    {
        _bad.Behavior = behavior;
        await SendAsync(20);
        Assert.That(await HealthAsync(), Is.EqualTo(new[] { "unhealthy", "healthy" }));
        Assert.That(_bad.Requests.Count, Is.LessThan(10));
        var before = _bad.Requests.Count;
        await SendAsync(10);
        Assert.That(_bad.Requests, Has.Count.EqualTo(before));

        _bad.Behavior = Behavior.Answer;
        _gateway.Time.Advance(_gateway.Options.EjectionTime);
        await HealthyAsync();
        await SendAsync(10);
        Assert.That(_bad.Requests.Count, Is.GreaterThan(before));
    }

    [Test]
    public async Task ItStaysOutForLongerEachTime()
    {
        _bad.Behavior = Behavior.Fail;
        await SendAsync(20);
        _gateway.Time.Advance(_gateway.Options.EjectionTime);
        await HealthyAsync();
        await SendAsync(20);
        Assert.That(await HealthAsync(), Is.EqualTo(new[] { "unhealthy", "healthy" }));
        _gateway.Time.Advance(1.5 * _gateway.Options.EjectionTime);
        Assert.That(await HealthAsync(), Is.EqualTo(new[] { "unhealthy", "healthy" }));
        _gateway.Time.Advance(0.5 * _gateway.Options.EjectionTime);
        await HealthyAsync();
    }

    [Test]
    public async Task AModelThatFailsOnEveryServerEjectsNobody()
    {
        _good.Behavior = _bad.Behavior = Behavior.Fail;
        await SendAsync(40);
        Assert.That(await HealthAsync(), Is.EqualTo(new[] { "healthy", "healthy" }));
    }

    [Test]
    public async Task NorDoesOneWhoseRequestsHappenToGoToOneServerInTurns()
    {
        // two servers in turns: one gets every request for the model that fails, the other every request for the one that does not
        _bad.Respond = _good.Respond = Failing("/v2/models/bad/infer");
        for (var i = 0; i < 40; i++)
            (await _gateway.SendAsync(path: i % 2 == 0 ? "/v2/models/bad/infer" : "/v2/models/m/infer")).Dispose();
        await _gateway.SettleAsync();
        Assert.That(await HealthAsync(), Is.EqualTo(new[] { "healthy", "healthy" }));
    }

    [Test]
    public async Task TheLastServerOfAColorStaysHoweverBadItsAnswersAre()
    {
        await _gateway.StartServerAsync(Color.Green);
        await _gateway.PublishAsync(_good, draining: true);
        await _gateway.TickAsync();
        _bad.Behavior = Behavior.Fail;
        await SendAsync(20);
        Assert.That(await HealthAsync(), Is.EqualTo(new[] { "healthy", "healthy" }));
        Assert.That(_bad.Requests, Has.Count.EqualTo(20));
    }

    [Test]
    public async Task WhatCallersDoWrongEjectsNobody()
    {
        _bad.Respond = (context, _) =>
        {
            context.Response.StatusCode = 422;
            return Task.CompletedTask;
        };
        await SendAsync(40);
        Assert.That(await HealthAsync(), Is.EqualTo(new[] { "healthy", "healthy" }));
    }

    [Test]
    public async Task AServerThatIsOftenBadIsOutAlthoughItIsNeverBadInARow()
    {
        var turn = 0;
        _bad.Respond = (context, _) =>
        {
            context.Response.StatusCode = turn++ % 3 == 0 ? 500 : 200;
            return Task.CompletedTask;
        };
        await SendAsync(100);
        Assert.That(await HealthAsync(), Is.EqualTo(new[] { "unhealthy", "healthy" }));
        Assert.That(turn, Is.InRange(32, 40));
    }

    [Test]
    public async Task CallersCannotKeepABadServerInByWhatTheyDoWrong()
    {
        var turn = 0;
        _bad.Respond = (context, _) =>
        {
            context.Response.StatusCode = turn++ % 2 == 0 ? 500 : 400;
            return Task.CompletedTask;
        };
        await SendAsync(40);
        Assert.That(await HealthAsync(), Is.EqualTo(new[] { "unhealthy", "healthy" }));
    }

    [Test]
    public async Task ADeadlineOfTheServersOwnEjectsNobody()
    {
        _bad.Respond = (context, _) =>
        {
            context.Response.StatusCode = 504;
            return Task.CompletedTask;
        };
        await SendAsync(40);
        Assert.That(await HealthAsync(), Is.EqualTo(new[] { "healthy", "healthy" }), "a long batch is slow, not dead");
    }

    private static Func<Microsoft.AspNetCore.Http.HttpContext, Seen, Task> Failing(string path) => (context, seen) =>
    {
        context.Response.StatusCode = seen.Path == path ? 500 : 200;
        return Task.CompletedTask;
    };

    private async Task SendAsync(int requests)
    {
        for (var i = 0; i < requests; i++)
            (await _gateway.SendAsync()).Dispose();
        await _gateway.SettleAsync();
    }

    private async Task HealthyAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20), TimeProvider.System);
        while ((await HealthAsync()).Any(health => health == "unhealthy"))
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, limit.Token);
    }

    private async Task<IReadOnlyList<string>> HealthAsync() =>
        [.. (await _gateway.StatusAsync()).Colors.SelectMany(color => color.Destinations).Select(destination => destination.Health)];
}
