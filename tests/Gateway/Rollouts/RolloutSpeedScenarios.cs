using System.Diagnostics;
using Slipway.Gateway.Options;
using Slipway.Gateway.Tests.Fixtures;
using Slipway.Gateway.Traffic;
using Slipway.Registry.Channels;
using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Tests.Rollouts;

/// <summary>On a real clock, with everything polling as it does in production.</summary>
public class RolloutSpeedScenarios
{
    private static GatewayOptions Production(GatewayOptions options)
    {
        var defaults = new GatewayOptions { Store = "" };
        return RolloutRun.Options(options) with
        {
            PollInterval = defaults.PollInterval,
            RolloutInterval = defaults.RolloutInterval,
        };
    }

    /// <summary>The figure is in the output; the bound is that of waiting, because a busy machine would break any other.</summary>
    [Test]
    public async Task ABadCandidateHasNoTrafficOnAnyGatewayShortlyAfterTheDecidingRequest([Values] bool isCountedByTheHolder)
    {
        await using var first = new GatewayFixture(Production, time: TimeProvider.System);
        await using var second = new GatewayFixture(Production, besides: first);
        await first.StartServerAsync(Color.Blue);
        await first.StartAsync();
        var green = await first.StartServerAsync(Color.Green, "r2");
        await second.StartAsync();
        await first.AskForAsync(new DesiredTraffic(
            1, Color.Green, TrafficAction.Deploy, "r2", "test", "because", default, Plan: Plans.Plan() with { Hold = TimeSpan.FromMinutes(1) }));
        foreach (var gateway in new[] { first, second })
            await gateway.App.WaitForAsync<CurrentTraffic>(traffic => traffic.State?.Split.Green == 10);

        green.Behavior = Behavior.Fail;
        await new RolloutRun(first).SendAsync(isCountedByTheHolder ? first : second, Color.Green, 8);
        var decided = Stopwatch.GetTimestamp();
        foreach (var gateway in new[] { first, second })
            await gateway.App.WaitForAsync<CurrentTraffic>(traffic => traffic.State?.Split.Green == 0);
        var took = Stopwatch.GetElapsedTime(decided);

        TestContext.Out.WriteLine($"From the deciding request to all traffic back on both gateways: {took.TotalMilliseconds:F0} ms");
        foreach (var gateway in new[] { first, second })
            await gateway.ShouldBeAsync("RolledBack Blue blue=100 green=0");
    }
}
