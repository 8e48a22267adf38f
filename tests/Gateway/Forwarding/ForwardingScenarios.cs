using System.Net;
using System.Text.Json;
using Slipway.Gateway.Tests.Fixtures;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Predictions;
using Slipway.Registry.Storage;
using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Tests.Forwarding;

public class ForwardingScenarios
{
    private GatewayFixture _gateway = null!;
    private Backend _blue = null!;

    [SetUp]
    public async Task SetUp()
    {
        _gateway = new(options => options with { MaxBodyBytes = 100_000 });
        _blue = await _gateway.StartServerAsync(Color.Blue);
        await _gateway.StartServerAsync(Color.Green);
        await _gateway.StartAsync();
    }

    [TearDown]
    public async Task TearDown() => await _gateway.DisposeAsync();

    [Test]
    public async Task PassesMethodPathQueryBodyAndHeadersOn()
    {
        await _gateway.PredictAsync(
            request =>
            {
                request.Content!.Headers.ContentType = new("application/json");
                request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
                request.Headers.Add("x-request-id", "42");
            },
            "/v2/models/a%20b/infer?x=1&y=%2F",
            "{\"a\":1}"u8.ToArray());
        var seen = _blue.Requests.Single();
        Assert.That((seen.Method, seen.Path), Is.EqualTo(("POST", "/v2/models/a%20b/infer?x=1&y=%2F")));
        Assert.That(seen.Body, Is.EqualTo("{\"a\":1}"u8.ToArray()));
        Assert.That(seen.Headers["content-type"], Is.EqualTo("application/json"));
        Assert.That(seen.Headers["content-length"], Is.EqualTo("7"));
        Assert.That(seen.Headers["traceparent"], Is.EqualTo("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
        Assert.That(seen.Headers["x-request-id"], Is.EqualTo("42"));
        Assert.That(seen.Headers["host"], Is.EqualTo(new Uri(_blue.Address).Authority));
    }

    [Test]
    public async Task PassesTheCallersAddressToTheServerAndTrustsNobodyElse()
    {
        await _gateway.PredictAsync(request =>
        {
            request.Headers.Add("X-Forwarded-For", "6.6.6.6");
            request.Headers.Add("X-Forwarded-Host", "evil.example");
            request.Headers.Add("X-Forwarded-Proto", "https");
            request.Headers.Add("X-Forwarded-Prefix", "/evil");
            request.Headers.Add("Forwarded", "for=6.6.6.6");
            request.Headers.Add("X-Real-IP", "6.6.6.6");
        });
        var headers = _blue.Requests.Single().Headers;
        Assert.That(headers["x-forwarded-for"], Is.EqualTo("127.0.0.1"));
        Assert.That(headers["x-forwarded-host"], Is.EqualTo(_gateway.Public.BaseAddress!.Authority));
        Assert.That(headers["x-forwarded-proto"], Is.EqualTo("http"));
        Assert.That(headers.Keys, Has.None.AnyOf("x-forwarded-prefix", "forwarded", "x-real-ip"));
    }

    [Test]
    public async Task StripsWhatOnlyTheGatewayAndTheServersMaySay()
    {
        await _gateway.PredictAsync(request =>
        {
            request.Headers.Add("x-slipway-model-version", "9");
            request.Headers.Add("X-Slipway-Prediction-Id", "forged");
            request.Headers.Add(SlipwayHeaders.Color, "blue");
            request.Headers.Add("x-api-key", "secret");
        });
        Assert.That(_blue.Requests.Single().Headers.Keys, Has.None.StartsWith("x-slipway-").And.None.EqualTo("x-api-key"));
    }

    [Test]
    public async Task LetsTheOperatorOfThisMachineProbe()
    {
        await _gateway.PredictAsync(request => request.Headers.Add(SlipwayHeaders.Probe, "1"));
        Assert.That(_blue.Requests.Single().Headers, Does.ContainKey(SlipwayHeaders.Probe));
    }

    [Test]
    public async Task StripsProbesWhereColorsMayNotBeForced()
    {
        await using var gateway = new GatewayFixture(options => options with { AllowForcedColor = false });
        var blue = await gateway.StartServerAsync(Color.Blue);
        await gateway.StartServerAsync(Color.Green);
        await gateway.StartAsync();
        var answered = await gateway.PredictAsync(request =>
        {
            request.Headers.Add(SlipwayHeaders.Probe, "1");
            request.Headers.Add(SlipwayHeaders.Color, "green");
        });
        Assert.That(answered, Is.EqualTo("blue"));
        Assert.That(blue.Requests.Single().Headers.Keys, Has.None.StartsWith("x-slipway-"));
    }

    [Test]
    public async Task ACallerMayForceAColor() =>
        Assert.That(await _gateway.PredictAsync(request => request.Headers.Add(SlipwayHeaders.Color, "green")), Is.EqualTo("green"));

    [Test]
    public async Task AnUnknownColorIsABadRequest()
    {
        using var answer = await _gateway.SendAsync(request => request.Headers.Add(SlipwayHeaders.Color, "red"));
        Assert.That((int)answer.StatusCode, Is.EqualTo(400));
        Assert.That(await ErrorAsync(answer), Does.Contain("blue or green"));
    }

    [Test]
    public async Task AForcedColorWithoutAHealthyServerIsNamed()
    {
        _blue.IsReady = false;
        await _gateway.ProbeAsync();
        using var answer = await _gateway.SendAsync(request => request.Headers.Add(SlipwayHeaders.Color, "blue"));
        Assert.That((int)answer.StatusCode, Is.EqualTo(503));
        Assert.That(await ErrorAsync(answer), Does.Contain("blue"));
        Assert.That(await _gateway.PredictAsync(), Is.EqualTo("green"), "others are served by the other color");
    }

    [Test]
    public async Task TheAnswersHeadersComeBack()
    {
        using var answer = await _gateway.SendAsync();
        Assert.That(answer.Headers.GetValues(SlipwayHeaders.Color), Is.EqualTo(new[] { "blue" }));
    }

    [TestCase("/")]
    [TestCase("/v3/models")]
    [TestCase("/v2x")]
    [TestCase("/api/status")]
    [TestCase("/metrics")]
    [TestCase("/v2/../api/status")]
    public async Task AnythingElseIsNotFound(string path)
    {
        using var answer = await _gateway.Public.GetAsync(path);
        Assert.That((int)answer.StatusCode, Is.EqualTo(404));
        Assert.That(await ErrorAsync(answer), Does.Contain("/v2/models"));
    }

    [TestCase("/v2/health/ready")]
    [TestCase("/invocations")]
    [TestCase("/healthz")]
    public async Task ThePrivateListenerServesNothingPublic(string path)
    {
        using var answer = await _gateway.Private.GetAsync(path);
        Assert.That((int)answer.StatusCode, Is.EqualTo(404));
    }

    [Test]
    public async Task AHostHeaderDoesNotOpenThePrivateListener()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/status");
        request.Headers.Host = _gateway.Private.BaseAddress!.Authority;
        using var answer = await _gateway.Public.SendAsync(request);
        Assert.That((int)answer.StatusCode, Is.EqualTo(404));
    }

    [TestCase("PUT")]
    [TestCase("DELETE")]
    [TestCase("TRACE")]
    public async Task OtherMethodsAreRefused(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/v2/models/m");
        using var answer = await _gateway.Public.SendAsync(request);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
        Assert.That(_blue.Requests, Is.Empty);
    }

    [Test]
    public async Task ABodyThatIsTooLongIsAnsweredWithWords([Values] bool chunked)
    {
        using var answer = await _gateway.SendAsync(
            request => request.Headers.TransferEncodingChunked = chunked, body: new byte[_gateway.Options.MaxBodyBytes + 10]);
        Assert.That((int)answer.StatusCode, Is.EqualTo(413));
        Assert.That(await ErrorAsync(answer), Is.Not.Empty);
        Assert.That(_blue.Requests, Is.Empty);
    }

    [Test]
    public async Task ABodyAtTheLimitPasses() => Assert.That(await _gateway.PredictAsync(body: new byte[_gateway.Options.MaxBodyBytes]), Is.EqualTo("blue"));

    [Test]
    public async Task IsHealthyWhileAnyColorIsAndLiveAlways()
    {
        Assert.That(await HealthAsync(), Is.EqualTo((200, 200)));
        _blue.IsReady = false;
        await _gateway.ProbeAsync();
        Assert.That(await HealthAsync(), Is.EqualTo((200, 200)));
        await _gateway.StopAsync();
        await using var empty = new GatewayFixture();
        await empty.StartAsync();
        using var health = await empty.Public.GetAsync("/healthz");
        using var live = await empty.Public.GetAsync("/livez");
        Assert.That(((int)health.StatusCode, (int)live.StatusCode), Is.EqualTo((503, 200)));
    }

    [Test]
    public async Task StickyCallersStayOnTheirColor()
    {
        await using var gateway = new GatewayFixture(options => options with { StickyHeader = "x-user", StickyCookie = "user" });
        await gateway.StartServerAsync(Color.Blue);
        await gateway.StartServerAsync(Color.Green);
        await gateway.Store.WriteAsync(
            StoreKeys.TrafficState("main"),
            new TrafficState(1, TrafficPhase.Idle, new(50, 50), Color.Blue, "half", new("somebody", 1), default),
            RegistryJson.Default.TrafficState,
            PutCondition.None);
        await gateway.StartAsync();
        var colors = new List<string>();
        foreach (var user in Enumerable.Range(0, 10))
        {
            var answers = new HashSet<string>();
            for (var i = 0; i < 3; i++)
            {
                answers.Add(await gateway.PredictAsync(request => request.Headers.Add("x-user", $"user-{user}")));
                answers.Add(await gateway.PredictAsync(request => request.Headers.Add("Cookie", $"user=user-{user}")));
            }
            Assert.That(answers, Has.Count.EqualTo(1));
            colors.AddRange(answers);
        }
        Assert.That(colors.Distinct().Count(), Is.EqualTo(2));
    }

    [Test]
    public async Task MetricsNameColorsAndStatus()
    {
        await _gateway.PredictAsync();
        Assert.That(await _gateway.Private.GetStringAsync("/metrics"), Does.Match("""slipway_gateway_request_duration_seconds_count\{.*color="blue",status="2xx".*\} 1"""));
    }

    private async Task<(int, int)> HealthAsync()
    {
        using var health = await _gateway.Public.GetAsync("/healthz");
        using var live = await _gateway.Public.GetAsync("/livez");
        return ((int)health.StatusCode, (int)live.StatusCode);
    }

    private static async Task<string?> ErrorAsync(HttpResponseMessage answer)
    {
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return problem.RootElement.GetProperty("error").GetString();
    }
}
