using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Gateway.Shadows;
using Slipway.Gateway.Tests.Fixtures;
using Slipway.Gateway.Tests.Rollouts;
using Slipway.Gateway.Traffic;
using Slipway.Registry.Channels;

namespace Slipway.Gateway.Tests.Shadows;

/// <summary>What callers notice of shadow traffic. The figures are printed; the test only holds that nothing is lost and everything is compared.</summary>
public sealed class ShadowSpeedScenarios
{
    private const int Rounds = 2;
    private const int RequestsPerRound = 200;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(2);

    [Test]
    public async Task EverythingIsComparedWhileCallersAreServed()
    {
        await using var gateway = new GatewayFixture();
        var (blue, green) = (await gateway.StartServerAsync(Color.Blue), await gateway.StartServerAsync(Color.Green));
        blue.Prediction = green.Prediction = """{"predictions":[{"p":0.9,"label":"yes"}]}""";
        await gateway.StartAsync();
        var traffic = gateway.App.Services.GetRequiredService<CurrentTraffic>();
        var (off, on) = (new List<double>(), new List<double>());

        // in turn, so that a machine that slows down slows both down; the first two rounds warm up
        for (var round = -2; round < 2 * Rounds; round++)
        {
            var isOn = round % 2 != 0;
            traffic.State = Plans.Running(0, Plans.Plan() with { Shadow = isOn ? 100 : 0 });
            var latencies = await SendAsync(gateway);
            if (round >= 0)
                (isOn ? on : off).AddRange(latencies);
        }
        await gateway.App.WaitForAsync<ShadowTally>(tally => tally.Counts("r1") is var counts && counts.Compared + counts.Dropped == (Rounds + 1) * RequestsPerRound);

        TestContext.Out.WriteLine(
            $"Shadow off: p50 {Percentile(off, 0.5):0.000} ms, p99 {Percentile(off, 0.99):0.000} ms. Shadow of 100 %: p50 {Percentile(on, 0.5):0.000} ms, p99 {Percentile(on, 0.99):0.000} ms. "
            + $"{off.Count} requests each, in {Rounds} rounds in turn, at most one every {Between.TotalMilliseconds} ms.");
        Assert.That(gateway.App.Services.GetRequiredService<ShadowTally>().Counts("r1").Disagreed, Is.Zero);
    }

    private static async Task<List<double>> SendAsync(GatewayFixture gateway)
    {
        var latencies = new List<double>();
        for (var i = 0; i < RequestsPerRound; i++)
        {
            var started = Stopwatch.GetTimestamp();
            using var response = await gateway.SendAsync();
            await response.Content.ReadAsByteArrayAsync();
            latencies.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            Assert.That((int)response.StatusCode, Is.EqualTo(200));
            await Task.Delay(Between, TimeProvider.System);
        }
        return latencies;
    }

    private static double Percentile(List<double> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];
    }
}
