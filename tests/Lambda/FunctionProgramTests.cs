using System.Text.Json;
using Slipway.Automation.Aws;
using Slipway.Automation.Lambda.Runtime;
using Slipway.Automation.SageMaker;

namespace Slipway.Automation.Lambda.Tests;

public sealed class FunctionProgramTests
{
    private FakeRuntimeApi _lambda = null!;
    private StringWriter _log = null!;

    [SetUp]
    public void SetUp() => (_lambda, _log) = (new(), new());

    [TearDown]
    public async Task TearDown()
    {
        await _lambda.DisposeAsync();
        await _log.DisposeAsync();
    }

    [Test]
    public async Task HandlesEventsForTheEnvironmentThatItIsTold()
    {
        using var stop = new CancellationTokenSource(FakeRuntimeApi.Timeout);
        _lambda.Queue(Events.ObjectCreated("datasets/pumps/may.csv", bucket: "others"), TimeProvider.System.GetUtcNow().AddMinutes(1));
        var running = Program(JsonSerializer.Serialize(Events.Environment, AwsEnvironmentJson.Default.AwsEnvironmentRecord))
            .RunAsync((environment, _, _) => new Answers(environment.Bucket), stop.Token);

        Assert.That((await _lambda.AnsweredAsync()).Body, Does.Contain("slipway-test"));
        await stop.CancelAsync();
        Assert.That(await running, Is.Zero);
    }

    [TestCase(null, "has no variable SLIPWAY_ENVIRONMENT")]
    [TestCase("", "has no variable SLIPWAY_ENVIRONMENT")]
    [TestCase("not JSON", "does not describe an environment")]
    [TestCase("{}", "does not describe an environment")]
    [TestCase("null", "is empty")]
    public async Task FunctionWithoutAnEnvironmentDoesNotBegin(string? variable, string why)
    {
        Assert.That(await Program(variable).RunAsync((_, _, _) => throw new InvalidOperationException("began"), default), Is.EqualTo(1));

        var posted = await _lambda.AnsweredAsync();
        Assert.That((posted.Path, posted.ErrorType), Is.EqualTo(("init/error", "Slipway.SlipwayException")));
        Assert.That(posted.Body, Does.Contain(why).And.Contain("Terraform"));
        Assert.That(_log.ToString(), Does.Contain(why).And.Not.Contain("defect"));
    }

    [Test]
    public async Task ProgramThatLambdaDoesNotRunSaysWhatElseThereIs()
    {
        var program = new FunctionProgram(_ => null, _log, TimeProvider.System);

        Assert.That(await program.RunAsync((_, _, _) => throw new InvalidOperationException("began"), default), Is.EqualTo(2));
        Assert.That(_log.ToString(), Does.Contain("--target=Watch"));
    }

    private FunctionProgram Program(string? environment) => new(
        name => name switch { RuntimeApi.Variable => _lambda.Host, AwsEnvironmentRecord.Variable => environment, _ => null }, _log, TimeProvider.System);

    private sealed class Answers(string text) : IEventHandler
    {
        public Task<EventResponse> HandleAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellation) => Task.FromResult(EventResponse.Done(text));
    }
}
