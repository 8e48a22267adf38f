using Microsoft.Extensions.DependencyInjection;
using Slipway.Gateway.Rollouts;
using Slipway.Gateway.Tests.Fixtures;
using Slipway.Gateway.Traffic;
using Slipway.Registry.Channels;
using Slipway.Registry.Predictions;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Tests.Rollouts;

/// <summary>First attempts of drawn requests are counted where they were sent, and nothing else is.</summary>
public class CountingScenarios
{
    private GatewayFixture _gateway = null!;
    private Backend _blue = null!;
    private Backend _green = null!;

    [SetUp]
    public Task SetUp() => StartAsync(TimeSpan.FromSeconds(20));

    private async Task StartAsync(TimeSpan timeout)
    {
        _gateway = new(options => options with { RequestTimeout = timeout, StickyHeader = "x-user" });
        _blue = await _gateway.StartServerAsync(Color.Blue);
        _green = await _gateway.StartServerAsync(Color.Green);
        await _gateway.StartAsync();
    }

    [TearDown]
    public async Task TearDown() => await _gateway.DisposeAsync();

    [Test]
    public async Task AnswersAreCountedByTheShareOfTheirDraw()
    {
        Run(share: 50);
        for (var i = 0; i < 40; i++)
            await _gateway.PredictAsync();
        var share = (await CountsAsync()).Shares.Single();
        Assert.That((share.Share, share.Candidate.Answered, share.Stable.Answered), Is.EqualTo((50, _green.Requests.Count, _blue.Requests.Count)));
        Assert.That(share.Candidate.Requests + share.Stable.Requests, Is.EqualTo(40));
        Assert.That(Tally().CandidateLatencies().Buckets.Values.Sum(), Is.EqualTo(_green.Requests.Count));
    }

    [Test]
    public async Task NothingIsCountedWhenNoRolloutRuns()
    {
        await _gateway.PredictAsync();
        Assert.That(Counter().Snapshot(), Is.Null);
        Run(share: 50);
        Set(Plans.Running(100, phase: TrafficPhase.Promoted));
        await _gateway.PredictAsync();
        Assert.That((await CountsAsync()).Shares, Is.Empty);
    }

    [TestCase(Behavior.Abort, "Failed")]
    [TestCase(Behavior.Refuse, "Refused")]
    public async Task TheFirstAttemptCountsAndItsRetryDoesNot(Behavior behavior, string outcome)
    {
        Run(share: 99);
        _green.Behavior = behavior;
        Assert.That(await _gateway.PredictAsync(Green), Is.EqualTo("blue"), "another server answered");
        var counts = (await CountsAsync()).Shares.Single();
        Assert.That(counts.Candidate, Is.EqualTo(outcome == "Failed" ? new ArmCounts(Failed: 1) : new ArmCounts(Refused: 1)));
        Assert.That((counts.Stable.Requests, _blue.Requests.Count), Is.EqualTo((0, 1)), "the retry is no draw");
    }

    [Test]
    public async Task ErrorsAreFoundByTheirId()
    {
        Run(share: 99);
        _green.Behavior = Behavior.Fail;
        (await _gateway.SendAsync(Green)).Dispose();
        Assert.That((await CountsAsync()).Shares.Single().Candidate, Is.EqualTo(new ArmCounts(Errors: 1)));
        var bad = Tally().Bad.Last().Single();
        Assert.That((bad.Check, bad.Outcome, bad.Share, bad.Replica), Is.EqualTo((RolloutCheck.Errors, "Errors", 99, _green.Replica)));
        Assert.That(bad.Id, Is.Not.Empty);
    }

    [Test]
    public async Task AValueThatIsNotFiniteIsCountedApartAndItsMarkGoesNoFurther()
    {
        Run(share: 99);
        _green.Behavior = Behavior.NotFinite;
        using var answer = await _gateway.SendAsync(Green);
        Assert.That((int)answer.StatusCode, Is.EqualTo(500));
        Assert.That(answer.Headers.Contains(SlipwayHeaders.NotFinite), Is.False);
        Assert.That((await CountsAsync()).Shares.Single().Candidate, Is.EqualTo(new ArmCounts(NotFinite: 1)));
        Assert.That(Tally().Bad.Last().Single().Check, Is.EqualTo(RolloutCheck.NotFinite));
    }

    [Test]
    public async Task AServerThatTakesTooLongTimesOut()
    {
        await _gateway.DisposeAsync();
        await StartAsync(TimeSpan.FromSeconds(0.5));
        Run(share: 99);
        _green.Behavior = Behavior.Work;
        (await _gateway.SendAsync(Green)).Dispose();
        Assert.That((await CountsAsync()).Shares.Single().Candidate, Is.EqualTo(new ArmCounts(TimedOut: 1)));
    }

    [Test]
    public async Task AnAnswerBeyondTheBoundIsSlow([Values] bool isSlow)
    {
        Run(share: 99);
        _green.Behavior = Behavior.Work;
        var answer = _gateway.SendAsync(Green);
        await _green.ArrivedAsync(1);
        _gateway.Time.Advance(TimeSpan.FromSeconds(isSlow ? 1.1 : 0.9));
        _green.Finish();
        (await answer).Dispose();
        Assert.That((await CountsAsync()).Shares.Single().Candidate, Is.EqualTo(isSlow ? new ArmCounts(Slow: 1) : new ArmCounts(Answered: 1)));
    }

    [TestCase(1.1, 1)]
    [TestCase(0.9, 0)]
    public async Task ACallerThatGivesUpCountsOnceItHasWaitedBeyondTheBound(double seconds, int gaveUp)
    {
        Run(share: 99);
        _green.Behavior = Behavior.Hang;
        using var gone = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v2/models/m/infer") { Content = new ByteArrayContent("{}"u8.ToArray()) };
        request.Headers.Add("x-user", GreenCaller);
        var answer = _gateway.Public.SendAsync(request, gone.Token);
        await _green.ArrivedAsync(1);
        _gateway.Time.Advance(TimeSpan.FromSeconds(seconds));
        await gone.CancelAsync();
        Assert.That(async () => await answer, Throws.InstanceOf<OperationCanceledException>());
        await _gateway.PredictAsync(Blue);
        Assert.That((await CountsAsync()).Shares.Single().Candidate, Is.EqualTo(new ArmCounts(GaveUp: gaveUp)));
    }

    [Test]
    public async Task AnAnswerThatCannotBePassedIsNotCounted()
    {
        Run(share: 99);
        _green.Behavior = Behavior.LongHeaders;
        (await _gateway.SendAsync(Green)).Dispose();
        Assert.That(_green.Requests, Has.Count.EqualTo(1));
        Assert.That((await CountsAsync()).Shares, Is.Empty);
    }

    [Test]
    public async Task WhatTheSplitDidNotDrawIsNotCounted()
    {
        Run(share: 50);
        await _gateway.PredictAsync(request => request.Headers.Add(SlipwayHeaders.Color, "green"));
        await _gateway.PredictAsync(request => request.Headers.Add(SlipwayHeaders.Probe, "1"));
        _green.IsReady = false;
        await _gateway.ProbeAsync();
        Assert.That(await _gateway.PredictAsync(Green), Is.EqualTo("blue"), "failed over");
        Assert.That((await CountsAsync()).Shares, Is.Empty);
    }

    [Test]
    public async Task AStickyCallerIsOneCoin()
    {
        Run(share: 50);
        _green.Behavior = Behavior.Fail;
        for (var i = 0; i < 5; i++)
            (await _gateway.SendAsync(Green)).Dispose();
        Assert.That(_green.Requests, Has.Count.EqualTo(5));
        Assert.That((await CountsAsync()).Shares.Single().Candidate, Is.EqualTo(new ArmCounts(Errors: 1)));
    }

    [Test]
    public async Task AModelsRolloutCountsAndMovesItsOwnRequests()
    {
        await ServeAsync(version: 2);
        Set(Plans.Running(99, Plans.Plan(model: "m")));
        Assert.That(await _gateway.PredictAsync(Green), Is.EqualTo("green"));
        for (var i = 0; i < 5; i++)
            Assert.That(await _gateway.PredictAsync(path: "/v2/models/other/infer"), Is.EqualTo("blue"));
        var share = (await CountsAsync()).Shares.Single();
        Assert.That((share.Candidate.Answered, share.Stable.Answered), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task AServerOfAnotherReleaseInTheCandidatesColorIsNotTheCandidate()
    {
        var old = await _gateway.StartServerAsync(Color.Green, "r-old");
        await _gateway.PublishAsync(_green, "r2");
        await _gateway.TickAsync();
        old.Behavior = Behavior.Fail;
        Run(share: 99, release: "r2");
        for (var i = 0; i < 10; i++)
            Assert.That(await _gateway.PredictAsync(Green), Is.EqualTo("green"));
        Assert.That((old.Requests.Count, _green.Requests.Count), Is.EqualTo((0, 10)), "the candidate's share is the candidate's");

        _green.IsReady = false;
        await _gateway.ProbeAsync();
        (await _gateway.SendAsync(Green)).Dispose();
        Assert.That(old.Requests, Has.Count.EqualTo(1), "it is still better than nothing");
        Assert.That((await CountsAsync()).Shares.Single().Candidate, Is.EqualTo(new ArmCounts(Answered: 10)));
    }

    [TestCase(1, null)]
    [TestCase(2, "1")]
    public async Task AServerOfAnotherVersionInTheCandidatesColorIsNotTheCandidate(int heartbeat, string? answer)
    {
        await ServeAsync(heartbeat);
        _green.Respond = (context, _) =>
        {
            context.Response.StatusCode = 500;
            if (answer is not null)
                context.Response.Headers[SlipwayHeaders.ModelVersion] = answer;
            return Task.CompletedTask;
        };
        Set(Plans.Running(99, Plans.Plan(model: "m")));
        (await _gateway.SendAsync(Green)).Dispose();
        Assert.That((await CountsAsync()).Shares, Is.Empty);
    }

    private async Task ServeAsync(int version)
    {
        await _gateway.WriteAsync(Beats.Serving(_green, "r1", "m", version));
        await _gateway.TickAsync();
    }

    /// <summary>Whose draw is low: green for any share above it.</summary>
    private static string GreenCaller { get; } = Caller(draw => draw < 0.1);

    private static string BlueCaller { get; } = Caller(draw => draw > 0.99);

    private static string Caller(Func<double, bool> isIt) =>
        Enumerable.Range(0, 10_000).Select(i => $"user-{i}").First(user => isIt(TrafficSplitPolicy.Draw(user)));

    private static void Green(HttpRequestMessage request) => request.Headers.Add("x-user", GreenCaller);

    private static void Blue(HttpRequestMessage request) => request.Headers.Add("x-user", BlueCaller);

    private void Run(int share, string? release = null) => Set(Plans.Running(share, release: release));

    private void Set(TrafficState state)
    {
        Counter().Follow(state);
        _gateway.App.Services.GetRequiredService<CurrentTraffic>().State = state;
    }

    private RolloutCounter Counter() => _gateway.App.Services.GetRequiredService<RolloutCounter>();

    private RolloutTally Tally() => Counter().Snapshot()!;

    private async Task<RolloutCounts> CountsAsync()
    {
        await _gateway.SettleAsync();
        return Tally().Counts();
    }
}
