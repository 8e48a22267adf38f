using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Gateway.Page.Live;
using Slipway.Gateway.Tests.Fixtures;
using Slipway.Registry.Channels;

namespace Slipway.Gateway.Tests.Page;

/// <summary>What is live costs nothing while nobody looks, and never more than its bounds.</summary>
public class LiveScenarios
{
    [Test]
    public async Task PredictionsAreKeptOnlyWhileSomebodyLooks()
    {
        await using var page = await PageFixture.StartAsync();
        var blue = await page.ServeAsync(Color.Blue, PageFixture.Serving("m"));
        blue.Prediction = "{\"id\":\"secret of the caller\",\"outputs\":[{\"name\":\"probability\",\"data\":[0.25]}]}";
        var tap = page.Gateway.App.Services.GetRequiredService<LiveTap>();

        await page.Gateway.PredictAsync();
        Assert.That(tap.Last(null, null), Is.Empty);

        await page.ReadAsync("/tap");
        await page.Gateway.PredictAsync();
        await page.Gateway.SettleAsync();
        Assert.That(await page.ReadAsync("/tap"), Does.Contain("0.25").And.Not.Contain("secret of the caller"));
        Assert.That(await page.ReadAsync("/tap?color=green"), Does.Not.Contain("0.25"));

        page.Gateway.Time.Advance(LiveTap.Look + TimeSpan.FromSeconds(1));
        await page.Gateway.PredictAsync();
        Assert.That(tap.Number, Is.EqualTo(1));
        Assert.That(await page.ReadAsync("/tap"), Does.Not.Contain("0.25"), "what an earlier look left is not what is happening now");
    }

    [Test]
    public void TheTapIsBounded()
    {
        var tap = new LiveTap(TimeProvider.System);
        for (var number = 0; number < 3 * LiveTap.MaxPredictions; number++)
            tap.Add(new(default, Color.Blue, "m", null, 200, TimeSpan.Zero, $"{number}"));
        Assert.That(tap.Last(null, null), Has.Count.EqualTo(LiveTap.MaxPredictions));
        Assert.That(tap.Last(null, null)[0].Answer, Is.EqualTo($"{(3 * LiveTap.MaxPredictions) - 1}"));
    }

    [TestCase("{\"predictions\":[{\"probability\":0.91,\"label\":\"yes\"}]}", "yes (0.91)")]
    [TestCase("{\"predictions\":[{\"probabilities\":{\"a\":0.1,\"b\":0.9},\"label\":\"b\"}]}", "b")]
    [TestCase("{\"predictions\":[{\"value\":21.5},{\"value\":1},{\"value\":2},{\"value\":3},{\"value\":4}]}", "21.5, 1, 2, 3 and 1 more")]
    [TestCase("{\"outputs\":[{\"name\":\"value\",\"data\":[1.5,2]}]}", "1.5, 2")]
    [TestCase("{\"outputs\":[]}", null)]
    [TestCase("{\"predictions\":[{}]}", null)]
    [TestCase("{\"predictions\":1}", null)]
    [TestCase("[1]", null)]
    [TestCase("0.5,yes", null)]
    [TestCase("", null)]
    public void ReadsPredictedValuesOfBothProtocols(string answer, string? expected) =>
        Assert.That(PredictedValues.Of(Encoding.UTF8.GetBytes(answer)), Is.EqualTo(expected));

    [Test]
    public async Task FiftyPagesAreLiveAndTheNextOneRefreshesItself()
    {
        await using var page = await PageFixture.StartAsync();
        await page.SignInAsync();
        var open = new List<HttpResponseMessage>();
        try
        {
            for (var number = 0; number < EventStreams.MaxStreams; number++)
                open.Add(await page.SendAsync("/events"));
            Assert.That(open.Select(stream => stream.StatusCode), Is.All.EqualTo(HttpStatusCode.OK));
            using var refused = await page.SendAsync("/events");
            Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
            Assert.That(await refused.Content.ReadAsStringAsync(), Does.Contain("50 pages are open"));
        }
        finally
        {
            open.ForEach(stream => stream.Dispose());
        }
        // a stream finds out at its next line that nobody reads it
        await page.Gateway.App.WaitForAsync<EventStreams>(streams =>
        {
            page.Gateway.Time.Advance(TimeSpan.FromSeconds(1));
            return streams.Open == 0;
        });
    }

    [Test]
    public async Task APageKnowsTheGatewayThatMadeItBeforeItsStreamBegins()
    {
        await using var page = await PageFixture.StartAsync();
        await page.SignInAsync();
        using var answer = await page.SendAsync("/events");
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        await lines.ReadLineAsync();
        var instance = (await lines.ReadLineAsync())!["data: ".Length..];
        Assert.That(await page.ReadAsync("/"), Does.Contain($"data-instance=\"{instance}\""));

        await using var another = await PageFixture.StartAsync();
        Assert.That(await another.ReadAsync("/"), Does.Contain("data-instance=").And.Not.Contain(instance));
    }

    [Test]
    public async Task AnOpenPageHearsOfAChange()
    {
        await using var page = await PageFixture.StartAsync();
        await page.SignInAsync();
        using var answer = await page.SendAsync("/events");
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        Assert.That(await lines.ReadLineAsync(), Is.EqualTo("event: hello"));
        await page.ServeAsync(Color.Blue, PageFixture.Serving("pumps"));
        var changed = UntilAsync(lines, "event: changed");
        // the stream's own timer may not have started yet, so one tick would not do
        await page.Gateway.App.WaitForAsync<EventStreams>(_ =>
        {
            page.Gateway.Time.Advance(TimeSpan.FromSeconds(1));
            return changed.IsCompleted;
        });
        Assert.That(await changed);
    }

    private static async Task<bool> UntilAsync(StreamReader lines, string expected)
    {
        while (await lines.ReadLineAsync() is { } line)
        {
            if (line == expected)
                return true;
        }
        return false;
    }

    [Test]
    public async Task AGatewayThatStopsEndsItsStreams()
    {
        await using var page = await PageFixture.StartAsync();
        await page.SignInAsync();
        using var answer = await page.SendAsync("/events");
        var rest = answer.Content.ReadAsStringAsync();
        await page.Gateway.StopAsync();
        Assert.That(await rest, Does.StartWith("event: hello"));
    }

    [Test]
    public async Task KeepsAQuarterOfAnHourOfSamples()
    {
        await using var page = await PageFixture.StartAsync();
        var samples = page.Gateway.App.Services.GetRequiredService<TrafficSamples>();
        for (var number = 0; number < TrafficSamples.MaxSamples + 20; number++)
        {
            page.Gateway.Time.Advance(TrafficSamples.Interval);
            await samples.TickAsync(default);
        }
        Assert.That(samples.Of(Color.Blue), Has.Count.EqualTo(TrafficSamples.MaxSamples));
    }
}
