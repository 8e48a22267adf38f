using Microsoft.Extensions.DependencyInjection;
using Slipway.Gateway.Tests.Fixtures;
using Slipway.Gateway.Traffic;
using Slipway.Hosting.Draining;
using Slipway.Registry.Channels;

namespace Slipway.Gateway.Tests.Listening;

/// <summary>The way out, while the store is ill: nothing that requests have time for may wait for it.</summary>
public class DrainScenarios
{
    private GatewayFixture _gateway = null!;
    private Backend _blue = null!;

    [SetUp]
    public async Task SetUp()
    {
        _gateway = new(options => options with { DrainDelay = TimeSpan.FromSeconds(3), RequestTimeout = TimeSpan.FromSeconds(20) });
        _blue = await _gateway.StartServerAsync(Color.Blue);
        await _gateway.StartAsync();
    }

    [TearDown]
    public async Task TearDown() => await _gateway.DisposeAsync();

    [Test]
    public async Task DrainsOnTimeWhileTheStoreHangs([Values] bool inTheMiddleOfATick)
    {
        _gateway.Store.Hang();
        if (inTheMiddleOfATick)
            _ = _gateway.App.Services.GetRequiredService<TrafficController>().TickAsync(default);
        _blue.Behavior = Behavior.Work;
        var answer = _gateway.PredictAsync();
        await _blue.ArrivedAsync(1);

        var stopping = _gateway.App.StopAsync();
        await _gateway.App.WaitForAsync<DrainState>(drain => drain.IsDraining);
        _gateway.Time.Advance(_gateway.Options.DrainDelay);
        _blue.Finish();
        await stopping.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System);
        Assert.That(await answer, Is.EqualTo("blue"), "requests in flight are completed");
    }

    [Test]
    public async Task TheDelayDoesNotWaitForTheLease()
    {
        var reads = 0;
        _gateway.Store.BeforeRead = () =>
        {
            Interlocked.Increment(ref reads);
            return Task.CompletedTask;
        };
        var stopping = _gateway.App.StopAsync();
        await _gateway.App.WaitForAsync<DrainState>(_ => Volatile.Read(ref reads) > 0);
        Assert.That(stopping.IsCompleted, Is.False, "callers have the delay to reconnect");
        _gateway.Time.Advance(_gateway.Options.DrainDelay);
        await stopping.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System);
    }
}
