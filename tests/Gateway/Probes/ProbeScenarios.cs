using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Gateway.Probes;
using Slipway.Gateway.Replicas;
using Slipway.Gateway.Rollouts;
using Slipway.Gateway.Tests.Fixtures;
using Slipway.Gateway.Traffic;
using Slipway.Registry.Channels;
using Slipway.Registry.Predictions;
using Slipway.Registry.Replicas;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Tests.Probes;

public class ProbeScenarios
{
    private GatewayFixture _gateway = null!;
    private Backend _blue = null!;
    private Backend _green = null!;
    private long _beat = 10;

    [SetUp]
    public async Task SetUp()
    {
        _gateway = new();
        await GoldenVersions.RegisterAsync(_gateway.Store, 1);
        _blue = await StartServerAsync(Color.Blue);
        _green = await StartServerAsync(Color.Green);
        await _gateway.StartAsync();
    }

    [TearDown]
    public async Task TearDown() => await _gateway.DisposeAsync();

    [Test]
    public async Task SendsGoldenRowsToBothColorsMarkedAsProbes()
    {
        RolloutRuns();
        await RoundAsync();
        ShouldBe("candidate 20 wrong 0, stable 20 wrong 0");
        await RoundAsync();
        ShouldBe("candidate 40 wrong 0, stable 40 wrong 0");

        Assert.That(_green.Requests.Select(seen => seen.Path), Is.All.EqualTo("/v2/models/pumps/versions/1/infer"));
        Assert.That(_green.Requests.Concat(_blue.Requests).Select(seen => seen.Headers.GetValueOrDefault(SlipwayHeaders.Probe)), Is.All.EqualTo("rollout"));
        Assert.That(_green.Requests.Select(seen => InputOf(seen)).Distinct().Order(), Is.EqualTo(new[] { 1f, 2f, 3f }), "every row in turn");
        Assert.That((await _gateway.StatusAsync()).Colors.Sum(color => color.Requests), Is.Zero, "probes are no requests of callers");
    }

    [Test]
    public async Task CountsAnswersThatAreWrongTwice()
    {
        _green.Respond = (context, seen) => AnswerAsync(context, InputOf(seen) / 10 + 0.1f);
        RolloutRuns();
        await RoundAsync();
        ShouldBe("candidate 20 wrong 20, stable 20 wrong 0");
        Assert.That(_green.Requests, Has.Count.EqualTo(40));
    }

    [Test]
    public async Task DoesNotCountAWrongAnswerThatDoesNotComeAgain()
    {
        var wrong = 1;
        _green.Respond = (context, seen) => AnswerAsync(context, InputOf(seen) / 10 + (Interlocked.Exchange(ref wrong, 0) == 1 ? 0.1f : 0));
        RolloutRuns();
        await RoundAsync();
        ShouldBe("candidate 20 wrong 0, stable 20 wrong 0");
        Assert.That(_green.Requests, Has.Count.EqualTo(21));
    }

    [Test]
    public async Task CountsErrorsAtOnce()
    {
        _green.Behavior = Behavior.Fail;
        _blue.Behavior = Behavior.Refuse;
        RolloutRuns();
        await RoundAsync();
        ShouldBe("candidate 20 wrong 20, stable 20 wrong 20");
        Assert.That(_green.Requests, Has.Count.EqualTo(20));
    }

    [TestCase("no JSON")]
    [TestCase("{}")]
    [TestCase("""{"outputs":[{"name":"probability","data":[]}]}""")]
    [TestCase("""{"outputs":[{"name":"probability","data":["a"]}]}""")]
    public async Task CountsAnswersThatCannotBeRead(string body)
    {
        _green.Respond = (context, _) => context.Response.WriteAsync(body);
        RolloutRuns();
        await RoundAsync();
        ShouldBe("candidate 20 wrong 20, stable 20 wrong 0");
    }

    [Test]
    public async Task CountsAnswersThatAreTooLong()
    {
        _green.Respond = (context, _) => context.Response.WriteAsync(new string(' ', 2 << 20));
        RolloutRuns();
        await RoundAsync();
        ShouldBe("candidate 20 wrong 20, stable 20 wrong 0");
    }

    [Test]
    public async Task GivesUpOnAServerThatSaysNothing()
    {
        _green.Behavior = Behavior.Hang;
        RolloutRuns();
        var round = RoundAsync();
        // ten at a time, and each of them twice
        for (var asked = 10; asked <= 40; asked += 10)
        {
            await _green.ArrivedAsync(asked);
            _gateway.Time.Advance(TimeSpan.FromSeconds(5));
        }
        await round;
        // the clock that moved has started further rounds by itself
        var counts = Probes.Counts("r1");
        Assert.That(counts.CandidateWrong, Is.EqualTo(counts.CandidateSent).And.GreaterThanOrEqualTo(20));
        Assert.That(counts.StableWrong, Is.Zero);
    }

    [Test]
    public async Task DoesNotBlameTheModelForOneServerThatWasKilled()
    {
        var second = await StartServerAsync(Color.Green);
        await _gateway.TickAsync();
        await second.KillAsync();
        RolloutRuns();
        await RoundAsync();
        ShouldBe("candidate 20 wrong 0, stable 20 wrong 0");
    }

    [Test]
    public async Task ATargetThatHasJustChangedItsVersionIsNotWrong()
    {
        _green.Respond = (context, _) => NotFoundAsync(context);
        RolloutRuns();
        await RoundAsync();
        await RoundAsync();
        ShouldBe("candidate 0 wrong 0, stable 40 wrong 0");

        await BeatAsync(_green);
        await BeatAsync(_green);
        await RoundAsync();
        ShouldBe("candidate 20 wrong 20, stable 60 wrong 0");
    }

    [TestCase(TrafficPhase.Preparing)]
    [TestCase(TrafficPhase.RolledBack)]
    public async Task SendsNothingInOtherPhases(TrafficPhase phase)
    {
        RolloutRuns(phase);
        await RoundAsync();
        ShouldBe("candidate 0 wrong 0, stable 0 wrong 0");
        Assert.That(_green.Requests.Concat(_blue.Requests), Is.Empty);
    }

    [Test]
    public async Task SendsNothingWhileAnotherGatewayHoldsTheLease()
    {
        Traffic.State = SampleRollouts.State("another", SampleRollouts.Rollout());
        await RoundAsync();
        Assert.That(_green.Requests.Concat(_blue.Requests), Is.Empty);
    }

    [Test]
    public async Task ANewRolloutBeginsItsCountsAgain()
    {
        RolloutRuns();
        await RoundAsync();
        Traffic.State = SampleRollouts.State(Holder, SampleRollouts.Rollout("r2"));
        await RoundAsync();
        Assert.That(Probes.Counts("r1"), Is.EqualTo(ProbeCounts.None));
        Assert.That(Probes.Counts("r2").CandidateSent, Is.EqualTo(20));
    }

    [Test]
    public async Task AGoldenSetThatCannotBeHadDecidesNothingAndIsAskedForAgain()
    {
        await ServeAsync(_green, 2);
        await ServeAsync(_blue, 2);
        RolloutRuns();
        await RoundAsync();
        ShouldBe("candidate 0 wrong 0, stable 0 wrong 0");

        await GoldenVersions.RegisterAsync(_gateway.Store, 2);
        await RoundAsync();
        ShouldBe("candidate 0 wrong 0, stable 0 wrong 0");
        _gateway.Time.Advance(TimeSpan.FromSeconds(5));
        await RoundAsync();
        Assert.That(Probes.Counts("r1").CandidateSent, Is.GreaterThan(0));
    }

    [Test]
    public async Task AnArchiveThatIsNotTheRegisteredOneDecidesNothing()
    {
        await GoldenVersions.RegisterAsync(_gateway.Store, 2, damage: archive => [.. archive[..^1], (byte)(archive[^1] ^ 1)]);
        await ServeAsync(_green, 2);
        RolloutRuns();
        await RoundAsync();
        ShouldBe("candidate 0 wrong 0, stable 20 wrong 0");
    }

    [Test]
    public async Task AStoreThatIsAwayDecidesNothing()
    {
        RolloutRuns();
        _gateway.Store.IsAway = true;
        await RoundAsync();
        ShouldBe("candidate 0 wrong 0, stable 0 wrong 0");
    }

    [Test]
    public async Task WhatAHolderThatDiedHasSentCountsOn()
    {
        await using var second = new GatewayFixture(besides: _gateway);
        await second.StartAsync();
        var rows = 0;
        foreach (var gateway in new[] { _gateway, second })
        {
            var services = gateway.App.Services;
            var state = SampleRollouts.State(services.GetRequiredService<TrafficRecords>().Holder, SampleRollouts.Rollout());
            services.GetRequiredService<CurrentTraffic>().State = state;
            services.GetRequiredService<RolloutCounter>().Follow(state);
            await services.GetRequiredService<ProbeController>().TickAsync(default);
            rows += ProbeRound.Rows;
            var observations = services.GetRequiredService<ObservationStore>();
            await observations.WriteAsync(default);
            var evidence = await observations.ReadAsync("r1", mayRemove: true, default);
            Assert.That(evidence.Probes, Is.EqualTo(new ProbeCounts(rows, 0, rows, 0)));
        }
    }

    [Test]
    public async Task AHolderThatLosesTheLeaseForgetsNothing()
    {
        RolloutRuns();
        await RoundAsync();
        Traffic.State = SampleRollouts.State("another", SampleRollouts.Rollout());
        await RoundAsync();
        ShouldBe("candidate 20 wrong 0, stable 20 wrong 0");
        RolloutRuns();
        await RoundAsync();
        ShouldBe("candidate 40 wrong 0, stable 40 wrong 0");
    }

    private CurrentTraffic Traffic => _gateway.App.Services.GetRequiredService<CurrentTraffic>();
    private IGoldenProbes Probes => _gateway.App.Services.GetRequiredService<IGoldenProbes>();
    private string Holder => _gateway.App.Services.GetRequiredService<TrafficRecords>().Holder;

    private void RolloutRuns(TrafficPhase phase = TrafficPhase.Progressing) => Traffic.State = SampleRollouts.State(Holder, SampleRollouts.Rollout(), phase);

    private Task RoundAsync() => _gateway.App.Services.GetRequiredService<ProbeController>().TickAsync(default);

    private void ShouldBe(string words)
    {
        var counts = Probes.Counts("r1");
        Assert.That($"candidate {counts.CandidateSent} wrong {counts.CandidateWrong}, stable {counts.StableSent} wrong {counts.StableWrong}", Is.EqualTo(words));
    }

    private async Task<Backend> StartServerAsync(Color color)
    {
        var backend = await _gateway.StartServerAsync(color);
        backend.Respond = (context, seen) => AnswerAsync(context, InputOf(seen) / 10);
        await WriteAsync(backend, 1);
        return backend;
    }

    /// <summary>Its heartbeat names another version from now on.</summary>
    private async Task ServeAsync(Backend backend, int version)
    {
        await WriteAsync(backend, version);
        await _gateway.App.Services.GetRequiredService<ReplicaController>().TickAsync(default);
    }

    private Task BeatAsync(Backend backend) => ServeAsync(backend, 1);

    private Task WriteAsync(Backend backend, int version) => _gateway.WriteAsync(new(
        backend.Replica, backend.Color, backend.Address, "r1", ++_beat, true, false,
        [new(GoldenVersions.Model, version, GoldenVersions.OnnxSha256(version), version, ServedModelState.Serving, null, [])], default));

    private static float InputOf(Seen seen) =>
        JsonDocument.Parse(seen.Body).RootElement.GetProperty("inputs")[0].GetProperty("data")[0].GetSingle();

    private static Task AnswerAsync(HttpContext context, float value) =>
        context.Response.WriteAsync($$"""{"outputs":[{"name":"probability","datatype":"FP32","shape":[1,1],"data":[{{value.ToString(CultureInfo.InvariantCulture)}}]}]}""");

    private static Task NotFoundAsync(HttpContext context)
    {
        context.Response.StatusCode = 404;
        return Task.CompletedTask;
    }
}
