using Microsoft.Extensions.DependencyInjection;
using Slipway.Gateway.Shadows;
using Slipway.Gateway.Tests.Fixtures;
using Slipway.Gateway.Tests.Rollouts;
using Slipway.Gateway.Traffic;
using Slipway.Registry.Channels;
using Slipway.Registry.Predictions;
using Slipway.Registry.Rollouts;

namespace Slipway.Gateway.Tests.Shadows;

public sealed class ShadowScenarios
{
    private const string Yes = """{"predictions":[{"p":0.9,"label":"yes"}]}""";
    private const string No = """{"predictions":[{"p":0.1,"label":"no"}]}""";

    [Test]
    public async Task CallersGetStablesAnswerAndTheCandidateACopyOfTheRequest()
    {
        await using var gateway = new GatewayFixture();
        var (stable, candidate) = await StartAsync(gateway, Yes, No);

        using var answer = await gateway.SendAsync(request => request.Headers.Add("accept", "application/json"), body: "{\"a\":1}"u8.ToArray());
        var body = await answer.Content.ReadAsStringAsync();
        var counts = await CountsAsync(gateway, found => found.Compared == 1);

        Assert.That(body, Is.EqualTo(Yes));
        Assert.That(counts, Is.EqualTo(new ShadowCounts(Compared: 1, Disagreed: 1)));
        var copy = candidate.Requests.Single();
        Assert.That(copy.Body, Is.EqualTo("{\"a\":1}"u8.ToArray()));
        Assert.That(copy.Headers[SlipwayHeaders.Probe], Is.EqualTo("shadow"));
        Assert.That(copy.Headers["accept"], Is.EqualTo("application/json"));
        Assert.That(stable.Requests, Has.Count.EqualTo(1));
        var sample = Tally(gateway).Samples("r1").Single();
        Assert.That((sample.StableId, sample.CandidateId), Is.EqualTo(($"{stable.Replica}-1", $"{candidate.Replica}-1")));
    }

    [Test]
    public async Task EqualAnswersAgree()
    {
        await using var gateway = new GatewayFixture();
        await StartAsync(gateway, Yes, Yes);

        await gateway.SendAsync();
        var counts = await CountsAsync(gateway, found => found.Compared == 1);

        Assert.That(counts.Disagreed, Is.Zero);
        Assert.That(Tally(gateway).Samples("r1"), Is.Empty);
    }

    [Test]
    public async Task NoCallerWaitsForACandidateThatHangs()
    {
        await using var gateway = new GatewayFixture();
        var (_, candidate) = await StartAsync(gateway, Yes, No);
        candidate.Behavior = Behavior.Hang;

        for (var i = 0; i < 10; i++)
        {
            using var answer = await gateway.SendAsync();
            Assert.That((int)answer.StatusCode, Is.EqualTo(200));
        }
        await candidate.ArrivedAsync(4);
        gateway.Time.Advance(TimeSpan.FromSeconds(6));

        Assert.That((await CountsAsync(gateway, found => found.Failed >= 4)).Compared, Is.Zero);
    }

    [Test]
    public async Task CopiesBeyondTheQueueAreDroppedAndCounted()
    {
        var queue = new ShadowQueue();
        var copy = new ShadowRequest("r1", Color.Green, "/", [], new byte[(int)ShadowQueue.MaxBytes / 2], new byte[1], null, null, null);

        Assert.That(queue.TryAdd(copy), Is.True);
        Assert.That(queue.TryAdd(copy), Is.False);
        await foreach (var waiting in queue.ReadAllAsync(default))
        {
            queue.Done(waiting);
            break;
        }
        Assert.That(queue.Bytes, Is.Zero);
        Assert.That(queue.TryAdd(copy), Is.True);
    }

    [Test]
    public async Task ErrorsForcedColorsAndOtherModelsAreNotCopied()
    {
        await using var gateway = new GatewayFixture();
        var (stable, candidate) = await StartAsync(gateway, Yes, No, Plans.Plan(model: "m") with { Shadow = 100 });

        await gateway.SendAsync(request => request.Headers.Add(SlipwayHeaders.Color, "blue"));
        await gateway.SendAsync(path: "/v2/models/other/infer");
        stable.Behavior = Behavior.Fail;
        await gateway.SendAsync();
        stable.Behavior = Behavior.Answer;
        await gateway.SendAsync();
        await CountsAsync(gateway, found => found.Compared == 1);

        Assert.That(candidate.Requests, Has.Count.EqualTo(1));
    }

    private static async Task<(Backend Stable, Backend Candidate)> StartAsync(GatewayFixture gateway, string stable, string candidate, RolloutPlan? plan = null)
    {
        var (blue, green) = (await gateway.StartServerAsync(Color.Blue), await gateway.StartServerAsync(Color.Green));
        (blue.Prediction, green.Prediction) = (stable, candidate);
        await gateway.WriteAsync(Beats.Serving(green, "r1", "m", version: 2));
        await gateway.StartAsync();
        // a share of zero: every request is drawn to stable
        gateway.App.Services.GetRequiredService<CurrentTraffic>().State = Plans.Running(0, plan ?? Plans.Plan() with { Shadow = 100 });
        return (blue, green);
    }

    private static ShadowTally Tally(GatewayFixture gateway) => gateway.App.Services.GetRequiredService<ShadowTally>();

    private static async Task<ShadowCounts> CountsAsync(GatewayFixture gateway, Func<ShadowCounts, bool> reached)
    {
        await gateway.App.WaitForAsync<ShadowTally>(tally => reached(tally.Counts("r1")));
        return Tally(gateway).Counts("r1");
    }
}
