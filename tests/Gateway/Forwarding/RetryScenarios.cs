using System.Text.Json;
using Slipway.Gateway.Forwarding;
using Slipway.Gateway.Status;
using Slipway.Gateway.Tests.Fixtures;
using Slipway.Registry.Channels;
using Slipway.Registry.Predictions;

namespace Slipway.Gateway.Tests.Forwarding;

public class RetryScenarios
{
    private GatewayFixture _gateway = null!;

    [SetUp]
    public void SetUp() => _gateway = new(options => options with { FirstTryTimeout = TimeSpan.FromSeconds(0.5), RequestTimeout = TimeSpan.FromSeconds(1) });

    [TearDown]
    public async Task TearDown() => await _gateway.DisposeAsync();

    [TestCase(Behavior.Abort)]
    [TestCase(Behavior.Refuse)]
    public async Task ARequestThatFailsBeforeItsAnswerIsSentToAnotherServerOfItsColor(Behavior behavior)
    {
        var bad = await _gateway.StartServerAsync(Color.Blue);
        var good = await _gateway.StartServerAsync(Color.Blue);
        await _gateway.StartServerAsync(Color.Green);
        await _gateway.StartAsync();
        bad.Behavior = behavior;
        var body = Enumerable.Range(0, 100_000).Select(i => (byte)i).ToArray();
        for (var i = 0; i < 4; i++)
            Assert.That(await _gateway.PredictAsync(body: body), Is.EqualTo("blue"));
        Assert.That(bad.Requests, Is.Not.Empty);
        Assert.That(good.Requests, Has.Count.EqualTo(4));
        Assert.That(good.Requests, Has.All.Matches<Seen>(request => request!.Body.AsSpan().SequenceEqual(body)));
    }

    [TestCase(Behavior.Abort, "failed")]
    [TestCase(Behavior.Refuse, "refused")]
    public async Task AFailedTryCountsAgainstItsColorAlsoWhenTheOtherAnswers(Behavior behavior, string result)
    {
        var bad = await _gateway.StartServerAsync(Color.Blue);
        await _gateway.StartServerAsync(Color.Green, "r2");
        await _gateway.StartAsync();
        bad.Behavior = behavior;
        Assert.That(await _gateway.PredictAsync(), Is.EqualTo("green"));

        var colors = (await _gateway.StatusAsync()).Colors;
        Assert.That(colors.Select(color => (color.Color, color.Tries, color.BadTries, color.Errors)), Is.EqualTo(new[] { (Color.Blue, 1L, 1L, 0L), (Color.Green, 1, 0, 0) }));
        var metrics = await _gateway.Private.GetStringAsync("/metrics");
        Assert.That(metrics, Does.Match($"slipway_gateway_tries_total\\{{.*color=\"blue\",release=\"r1\",result=\"{result}\".*\\}} 1"));
        Assert.That(metrics, Does.Match("slipway_gateway_tries_total\\{.*color=\"green\",release=\"r2\",result=\"answered\".*\\} 1"));
    }

    [Test]
    public async Task ATryThatItsCallerGaveUpIsCountedAsAbandoned()
    {
        var hanging = await _gateway.StartServerAsync(Color.Blue);
        await _gateway.StartAsync();
        hanging.Behavior = Behavior.Hang;
        using var gone = new CancellationTokenSource();
        var answer = _gateway.Public.PostAsync("/v2/models/m/infer", new ByteArrayContent("{}"u8.ToArray()), gone.Token);
        await hanging.ArrivedAsync(1);
        await gone.CancelAsync();
        Assert.That(async () => await answer, Throws.InstanceOf<OperationCanceledException>());

        await _gateway.App.WaitForAsync<GatewayMetrics>(metrics => metrics.Of(Color.Blue).Tries == 1);
        Assert.That(await _gateway.Private.GetStringAsync("/metrics"), Does.Match("slipway_gateway_tries_total\\{.*color=\"blue\",release=\"r1\",result=\"abandoned\".*\\} 1"));
    }

    [TestCase(TryOutcome.Answered, 200, false, TryResult.Answered)]
    [TestCase(TryOutcome.Answered, 422, false, TryResult.Answered)]
    [TestCase(TryOutcome.Answered, 500, false, TryResult.Error)]
    [TestCase(TryOutcome.Answered, 503, false, TryResult.Refused)]
    [TestCase(TryOutcome.CallerFailed, 200, true, TryResult.Refused)]
    [TestCase(TryOutcome.TimedOut, 200, false, TryResult.TimedOut)]
    [TestCase(TryOutcome.NotPassable, 200, false, TryResult.NotPassable)]
    public void ATryIsCountedByWhatBecameOfItThere(TryOutcome outcome, int status, bool wasHeldBack, TryResult expected) =>
        Assert.That(TryResults.Of(outcome, status, wasHeldBack), Is.EqualTo(expected));

    [Test]
    public async Task ARequestIsTakenBackFromAServerThatAnswersNeitherItNorItsProbe()
    {
        await using var gateway = new GatewayFixture(options => options with { RequestTimeout = TimeSpan.FromSeconds(20), ProbeTimeout = TimeSpan.FromSeconds(0.2) });
        var hanging = await gateway.StartServerAsync(Color.Blue);
        var good = await gateway.StartServerAsync(Color.Green);
        await gateway.StartAsync();
        hanging.Behavior = Behavior.Hang;
        var answer = gateway.PredictAsync();
        await hanging.ArrivedAsync(1);
        await gateway.ProbeAsync();
        await gateway.ProbeAsync();
        Assert.That(good.Requests, Is.Empty, "it has not waited for long");

        gateway.Time.Advance(gateway.Options.FirstTryTimeout);
        await gateway.ProbeAsync();
        Assert.That(await answer, Is.EqualTo("green"));
        Assert.That((hanging.Requests.Count, good.Requests.Count), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task ARequestStaysWithAServerThatIsOnlySlow()
    {
        await using var gateway = new GatewayFixture(options => options with { RequestTimeout = TimeSpan.FromSeconds(20) });
        var slow = await gateway.StartServerAsync(Color.Blue);
        var other = await gateway.StartServerAsync(Color.Green);
        await gateway.StartAsync();
        slow.Behavior = Behavior.Work;
        var answer = gateway.PredictAsync();
        await slow.ArrivedAsync(1);
        for (var i = 0; i < 5; i++)
        {
            gateway.Time.Advance(gateway.Options.FirstTryTimeout);
            await gateway.ProbeAsync();
        }
        slow.Finish();
        Assert.That(await answer, Is.EqualTo("blue"));
        Assert.That((slow.Requests.Count, other.Requests.Count), Is.EqualTo((1, 0)));
    }

    [TestCase(Behavior.Abort)]
    [TestCase(Behavior.Refuse)]
    public async Task WhenItsColorHasNoOtherServerTheOtherColorAnswers(Behavior behavior)
    {
        (await _gateway.StartServerAsync(Color.Blue)).Behavior = behavior;
        await _gateway.StartServerAsync(Color.Green);
        await _gateway.StartAsync();
        Assert.That(await _gateway.PredictAsync(), Is.EqualTo("green"));
    }

    [Test]
    public async Task AForcedRequestIsNotRepeatedOnTheOtherColor()
    {
        (await _gateway.StartServerAsync(Color.Blue)).Behavior = Behavior.Abort;
        var green = await _gateway.StartServerAsync(Color.Green);
        await _gateway.StartAsync();
        using var answer = await _gateway.SendAsync(request => request.Headers.Add(SlipwayHeaders.Color, "blue"));
        Assert.That((int)answer.StatusCode, Is.EqualTo(503));
        Assert.That(green.Requests, Is.Empty);
    }

    [Test]
    public async Task FeedbackIsSentOnce()
    {
        var blue = await _gateway.StartServerAsync(Color.Blue);
        var green = await _gateway.StartServerAsync(Color.Green);
        await _gateway.StartAsync();
        blue.Behavior = Behavior.Abort;
        using var answer = await _gateway.SendAsync(path: "/v2/models/m/feedback");
        Assert.That((int)answer.StatusCode, Is.EqualTo(503));
        Assert.That((blue.Requests.Count, green.Requests.Count), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task ABodyBeyondTheBufferIsSentOnceAndWhole()
    {
        var blue = await _gateway.StartServerAsync(Color.Blue);
        var green = await _gateway.StartServerAsync(Color.Green);
        await _gateway.StartAsync();
        var body = new byte[_gateway.Options.RetryBufferBytes + 1];
        new Random(1).NextBytes(body);
        Assert.That(await _gateway.PredictAsync(body: body), Is.EqualTo("blue"));
        Assert.That(blue.Requests.Single().Body.AsSpan().SequenceEqual(body));

        blue.Behavior = Behavior.Abort;
        using var answer = await _gateway.SendAsync(body: body);
        Assert.That((int)answer.StatusCode, Is.EqualTo(503));
        Assert.That(green.Requests, Is.Empty);
    }

    [Test]
    public async Task ABodyOfUnknownLengthIsRepeatedToo([Values] bool beyondTheBuffer)
    {
        var blue = await _gateway.StartServerAsync(Color.Blue);
        var green = await _gateway.StartServerAsync(Color.Green);
        await _gateway.StartAsync();
        var body = new byte[beyondTheBuffer ? _gateway.Options.RetryBufferBytes * 3 : 5000];
        void Chunked(HttpRequestMessage request) => request.Headers.TransferEncodingChunked = true;
        Assert.That(await _gateway.PredictAsync(Chunked, body: body), Is.EqualTo("blue"));
        Assert.That(blue.Requests.Single().Body, Has.Length.EqualTo(body.Length));

        blue.Behavior = Behavior.Abort;
        using var answer = await _gateway.SendAsync(Chunked, body: body);
        Assert.That((int)answer.StatusCode, Is.EqualTo(beyondTheBuffer ? 503 : 200));
        Assert.That(green.Requests, Has.Count.EqualTo(beyondTheBuffer ? 0 : 1));
    }

    [Test]
    public async Task AnErrorThatIsAnAnswerIsPassedOn()
    {
        (await _gateway.StartServerAsync(Color.Blue)).Behavior = Behavior.Fail;
        var other = await _gateway.StartServerAsync(Color.Green);
        await _gateway.StartAsync();
        using var answer = await _gateway.SendAsync();
        Assert.That((int)answer.StatusCode, Is.EqualTo(500));
        Assert.That(other.Requests, Is.Empty);
    }

    [Test]
    public async Task TheSecondRefusalIsPassedOnAsItIs()
    {
        foreach (var color in Colors.All)
            (await _gateway.StartServerAsync(color)).Behavior = Behavior.Refuse;
        await _gateway.StartAsync();
        using var answer = await _gateway.SendAsync();
        Assert.That((int)answer.StatusCode, Is.EqualTo(503));
        Assert.That(answer.Headers.GetValues("x-refused-by"), Is.EqualTo(new[] { "green-1" }));
    }

    [Test]
    public async Task AHangingServerIsProbedOutAndComesBackWhenItAnswers()
    {
        var hanging = await _gateway.StartServerAsync(Color.Blue);
        await _gateway.StartServerAsync(Color.Green);
        await _gateway.StartAsync();
        hanging.Behavior = Behavior.Hang;
        await _gateway.ProbeAsync();
        await _gateway.ProbeAsync();
        Assert.That(await _gateway.PredictAsync(), Is.EqualTo("green"));
        Assert.That(hanging.Requests, Is.Empty);

        hanging.Behavior = Behavior.Answer;
        await _gateway.ProbeAsync();
        Assert.That(await _gateway.PredictAsync(), Is.EqualTo("blue"));
    }

    [Test]
    public async Task WhenNoServerAnswersTheProblemSaysSoAndWhenToComeBack()
    {
        (await _gateway.StartServerAsync(Color.Blue)).Behavior = Behavior.Abort;
        await _gateway.StartAsync();
        using var answer = await _gateway.SendAsync();
        Assert.That((int)answer.StatusCode, Is.EqualTo(503));
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
        Assert.That(answer.Headers.RetryAfter, Is.Not.Null);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.That(problem.RootElement.GetProperty("error").GetString(), Does.Contain("try again"));
    }

    [Test]
    public async Task AKilledServerCostsItsCallersNothing()
    {
        await _gateway.StartServerAsync(Color.Blue);
        var victims = new List<Backend>();
        for (var i = 0; i < 5; i++)
            victims.Add(await _gateway.StartServerAsync(Color.Blue));
        await _gateway.StartAsync();
        await using var load = new Load(_gateway.Public.BaseAddress!, callers: 16);
        foreach (var victim in victims)
        {
            await load.PassAsync(5);
            await victim.KillAsync();
        }
        await load.PassAsync(5);
        Assert.That(load.Lost, Is.Empty);
    }

    [Test]
    public async Task WithoutSecondTriesAKilledServerDoesCost()
    {
        await using var gateway = new GatewayFixture(options => options with { RetryPercent = 0, RetryBurst = 0 });
        await gateway.StartServerAsync(Color.Blue);
        var victims = new List<Backend>();
        for (var i = 0; i < 5; i++)
            victims.Add(await gateway.StartServerAsync(Color.Blue));
        await gateway.StartAsync();
        await using var load = new Load(gateway.Public.BaseAddress!, callers: 16);
        foreach (var victim in victims)
        {
            await load.PassAsync(5);
            await victim.KillAsync();
        }
        await load.PassAsync(5);
        Assert.That(load.Lost, Is.Not.Empty);
    }
}
