using System.Net;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments;
using Slipway.Build.Environments.SmokeTests;
using Slipway.Build.Tests.Environments.Fleets;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Manifests;
using Slipway.Registry.Predictions;

namespace Slipway.Build.Tests.Environments.SmokeTests;

public sealed class EnvironmentSmokeTestTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(number => (byte)number)];
    private static readonly PredictionIds Ids = new(Key);

    private readonly StringWriter _output = new();
    private LocalFolderFixture _fixture = null!;
    private EnvironmentDouble _environment = null!;
    private ModelManifest _pumps = null!;

    [SetUp]
    public async Task Publish()
    {
        _fixture = new();
        _environment = new(_fixture.Folders) { Gateway = () => new(new("http://127.0.0.1:8080/"), "the key"), PredictionKey = Key };
        _pumps = await LiveModel.PublishAsync(_environment.Store, _environment.Signer, "pumps", Color.Blue, Color.Green);
    }

    [TearDown]
    public void Stop() => _fixture.Dispose();

    [Test]
    public async Task EveryModelIsAskedInEveryWay()
    {
        var valves = await LiveModel.PublishAsync(_environment.Store, _environment.Signer, "valves", Color.Blue, Color.Green);
        using var gateway = new StandInGateway(Ids, _pumps, valves) { ApiKey = "the key" };
        await RunAsync(gateway);

        Assert.That(gateway.Asked.Skip(1).Take(12), Is.EqualTo(
            from way in new[] { "", " blue", " green" }
            from question in new[] { "GET /v2/models/pumps/ready", "GET /v2/models/pumps", "POST /v2/models/pumps/infer", "POST /invocations?model=pumps" }
            select $"{question}{way}"));
        Assert.That(gateway.Asked, Has.Count.EqualTo(25));
        Assert.That(_output.ToString(), Does.Contain("All 24 responses are correct.").And.Not.Contain("the key"));
        Assert.That(Summary, Does.Contain("## Smoke test of shore: passed").And.Contain("| pumps | green | 1 | yes | yes | 2 rows | 2 rows |"));
    }

    [Test]
    public async Task GatewayWhereNobodyChoosesIsAskedByItsSplit()
    {
        using var gateway = new StandInGateway(Ids, _pumps) { LetsCallersChoose = false };
        await RunAsync(gateway);

        Assert.That(gateway.Asked, Has.Count.EqualTo(5));
        Assert.That(_output.ToString(), Does.Contain("Callers cannot choose a color at this gateway"));
    }

    [TestCase(SlipwayHeaders.ModelVersion, "7", "version 7 responded, but the channel of green points to 1")]
    [TestCase(SlipwayHeaders.PredictionId, "made-up", "'made-up' is not a prediction id")]
    [TestCase(SlipwayHeaders.PredictionId, "pumps.1.r.2026112300.1.0123456789abcdef", "was not made with the key of this environment")]
    [TestCase(SlipwayHeaders.PredictionId, "pumps.2.r.2026112300.1.0123456789abcdef", "belongs to another version")]
    [TestCase(SlipwayHeaders.Color, "blue", "sent to green: blue responded")]
    [TestCase(SlipwayHeaders.Color, "red", "which is not a color")]
    [TestCase(SlipwayHeaders.TrainingJob, "another", "x-slipway-training-job is 'another'")]
    [TestCase(SlipwayHeaders.PredictionId, null, "lacks the header x-slipway-prediction-id")]
    public void HeaderThatIsWrongIsNamed(string header, string? value, string problem)
    {
        using var gateway = new StandInGateway(Ids, _pumps)
        {
            Fault = (path, color, answer) => color == Color.Green && path.EndsWith("/infer") ? StandInGateway.With(answer, header, value) : answer,
        };

        Assert.That(() => RunAsync(gateway), Throws.TypeOf<SlipwayException>().With.Message.Contains(problem).And.Message.StartsWith("1 of 12 responses"));
        Assert.That(Summary, Does.Contain("1 of 12 answers are wrong").And.Contain("**WRONG**"));
    }

    [TestCase("/v2/models/pumps/infer", 200, """{"outputs":[{"name":"probability","data":[0.5,0.251]}]}""", "returned 0.251 for golden value 1 instead of 0.25")]
    [TestCase("/v2/models/pumps/infer", 200, """{"outputs":[{"name":"probability","data":[0.5]}]}""", "returned 1 values for its golden set instead of 2")]
    [TestCase("/v2/models/pumps/infer", 200, "<html>", "returned an unexpected format")]
    [TestCase("/v2/models/pumps/infer", 200, "{}", "returned an unexpected format")]
    [TestCase("/v2/models/pumps/infer", 503, "gone", "POST /v2/models/pumps/infer, sent to green: returned 503: gone")]
    [TestCase("/invocations?model=pumps", 200, """{"predictions":[{"probability":0.5},{"probability":9}]}""", "returned 9 for golden value 1")]
    [TestCase("/v2/models/pumps/ready", 200, """{"ready":false}""", "it reports that it is not ready")]
    [TestCase("/v2/models/pumps", 200, """{"name":"pumps","versions":[]}""", "returned an unexpected format")]
    [TestCase("/v2/models/pumps", 200, """{"name":"pumps","versions":["2"],"parameters":{"onnx_sha256":"x"}}""", "it describes 'pumps' version 2")]
    public void AnswerThatIsWrongIsToldWithTheQuestion(string path, int status, string body, string problem)
    {
        using var gateway = new StandInGateway(Ids, _pumps)
        {
            Fault = (asked, color, answer) => color == Color.Green && asked == path ? StandInGateway.Json((HttpStatusCode)status, body) : answer,
        };

        Assert.That(() => RunAsync(gateway), Throws.TypeOf<SlipwayException>()
            .With.Message.Contains(problem).And.Message.Contains("--target=Rollback --environment=shore --what=last-change"));
    }

    [Test]
    public void ColorThatStandsInForTheOtherIsNoted()
    {
        using var gateway = new StandInGateway(Ids, _pumps) { LetsCallersChoose = false, Live = Color.Green };

        Assert.That(() => RunAsync(gateway), Throws.TypeOf<SlipwayException>().With.Message.Contains("green responded although it has no share of traffic"));
    }

    [Test]
    public async Task ConnectionIsTriedAgainAndAnswersAreNot()
    {
        using var gateway = new StandInGateway(Ids, _pumps) { Refusals = 3 };
        await RunAsync(gateway);

        Assert.That(gateway.Asked, Has.Count.EqualTo(13));
    }

    [Test]
    public void NobodyThereIsSaidAfterAFewAttempts()
    {
        using var gateway = new StandInGateway(Ids, _pumps) { Refusals = 4 };

        Assert.That(() => RunAsync(gateway), Throws.TypeOf<SlipwayException>()
            .With.Message.Contains("http://127.0.0.1:8080 does not respond to GET /v2/health/ready: Connection refused (4 attempts)"));
        Assert.That(gateway.Asked, Is.Empty);
        Assert.That(Summary, Does.Contain("no response"));
    }

    [Test]
    public void AnswerThatDoesNotComeIsNotAskedForAgain()
    {
        using var gateway = new StandInGateway(Ids, _pumps) { Hangs = true };

        Assert.That(() => RunAsync(gateway, TimeSpan.FromMilliseconds(1)), Throws.TypeOf<SlipwayException>().With.Message.Contains("no response within"));
        Assert.That(gateway.Asked, Has.Count.EqualTo(1));
    }

    [Test]
    public void KeyThatNobodyKnowsIsSaidOnce()
    {
        using var gateway = new StandInGateway(Ids, _pumps) { ApiKey = "rotated" };

        Assert.That(() => RunAsync(gateway), Throws.TypeOf<SlipwayException>().With.Message.Contains("rejects this environment's API key").And.Message.Contains("rotation").And.Message.Not.Contains("the key"));
        Assert.That(gateway.Asked, Has.Count.EqualTo(1));
    }

    [Test]
    public void EnvironmentWithoutAModelIsOneSentence()
    {
        using var empty = new LocalFolderFixture();
        _environment = new(empty.Folders) { Gateway = _environment.Gateway, PredictionKey = Key };
        using var gateway = new StandInGateway(Ids);

        Assert.That(() => RunAsync(gateway), Throws.TypeOf<SlipwayException>().With.Message.StartsWith("No model is live in 'shore'"));
    }

    [Test]
    public void LocalEnvironmentWhereNothingRunsIsOneSentence()
    {
        var environment = new LocalEnvironment(
            _fixture.Folders.Root, new(null, "pumps", new(0, 0, TimeSpan.FromMinutes(1))), LocalFolderFixture.NoEngine, TimeProvider.System);

        Assert.That(() => environment.PublicGatewayAsync(default), Throws.TypeOf<SlipwayException>().With.Message.EqualTo(
            "Nothing is running in the local environment. Start it with ./build.sh --target=Deploy"));
    }

    private string SummaryFile => Path.Combine(_fixture.Root, "summary.md");

    private string Summary => File.ReadAllText(SummaryFile);

    private Task RunAsync(StandInGateway handler, TimeSpan? timeout = null) => new EnvironmentSmokeTest(
        _environment, gateway => new(gateway, TimeProvider.System, handler) { Pause = TimeSpan.Zero, Timeout = timeout ?? TimeSpan.FromMinutes(1) },
        new PlainReport(_output, new Outcome(), TimeProvider.System),
        new(name => name == EnvironmentVariables.GitHubSummary ? SummaryFile : null, TextWriter.Null)).RunAsync(default);
}
