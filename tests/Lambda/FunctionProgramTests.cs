using System.Text.Json;
using Slipway.Automation.Aws;
using Slipway.Automation.Lambda.Runtime;
using Slipway.Automation.SageMaker;
using Slipway.Registry;
using Slipway.Registry.Rollouts;

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
            .RunAsync((settings, _, _) => new Answers(settings.Environment.Bucket), stop.Token);

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
    public void FunctionRollsOutAsItsVariablesSay()
    {
        var settings = FunctionSettings.Read(Variables(new() { ["Rollout_Steps"] = "10,50", ["Rollout_Approvals"] = "50", ["Rollout_Hold"] = "00:10:00", ["Rollout_MaxBadRate"] = "0.02", ["Rollout_Probes"] = "off" }));

        Assert.That(settings.Rollout!.Steps, Is.EqualTo(new RolloutStep[] { new(10), new(50, Approval: true) }));
        Assert.That((settings.Rollout.Hold, settings.Rollout.Bounds.MaxBadRate, settings.Rollout.Probes), Is.EqualTo((TimeSpan.FromMinutes(10), 0.02, false)));
    }

    [Test]
    public void FunctionWithoutSuchVariablesHasTheDefaultsOfTheTargets()
    {
        var plan = FunctionSettings.Read(Variables(new() { ["Rollout_Hold"] = "" })).Rollout!;

        Assert.That(plan.Steps, Is.EqualTo(RolloutSettings.Default.Steps));
        Assert.That(plan with { Steps = RolloutSettings.Default.Steps }, Is.EqualTo(RolloutSettings.Default));
    }

    [Test]
    public void FunctionMayBeToldToSwap() => Assert.That(FunctionSettings.Read(Variables(new() { ["Rollout_Mode"] = "at-once" })).Rollout, Is.Null);

    [TestCase("Rollout_Steps", "5,many", "The variable SLIPWAY_Rollout_Steps of the function is '5,many'; expected percentages such as 5,25,50.")]
    [TestCase("Rollout_Steps", "50,5", "The rollouts of the function's variables cannot be followed: 'steps[1].share' is 5")]
    [TestCase("Rollout_Hold", "soon", "SLIPWAY_Rollout_Hold of the function is 'soon'; expected a duration such as 00:05:00.")]
    [TestCase("Rollout_MinRequests", "-1", "SLIPWAY_Rollout_MinRequests of the function is '-1'; expected a whole number.")]
    [TestCase("Rollout_MaxBadRate", "5 %", "SLIPWAY_Rollout_MaxBadRate of the function is '5 %'; expected a number.")]
    [TestCase("Rollout_Mode", "slowly", "SLIPWAY_Rollout_Mode of the function is 'slowly'; expected steps or at-once.")]
    [TestCase("Rollout_Approvals", "30", "The variable SLIPWAY_Rollout_Approvals of the function names 30 %, but no step has that share: 5, 25, 50, 90.")]
    public void FunctionWithAWrongVariableDoesNotBegin(string name, string value, string why) =>
        Assert.That(() => FunctionSettings.Read(Variables(new() { [name] = value })), Throws.TypeOf<SlipwayException>().With.Message.Contains(why).And.Message.Contains("cake.config"));

    [Test]
    public async Task ProgramThatLambdaDoesNotRunSaysWhatElseThereIs()
    {
        var program = new FunctionProgram(_ => null, _log, TimeProvider.System);

        Assert.That(await program.RunAsync((_, _, _) => throw new InvalidOperationException("began"), default), Is.EqualTo(2));
        Assert.That(_log.ToString(), Does.Contain("--target=Watch"));
    }

    private FunctionProgram Program(string? environment) => new(
        name => name switch { RuntimeApi.Variable => _lambda.Host, AwsEnvironmentRecord.Variable => environment, _ => null }, _log, TimeProvider.System);

    private static Func<string, string?> Variables(Dictionary<string, string> settings) => name =>
        name == AwsEnvironmentRecord.Variable ? JsonSerializer.Serialize(Events.Environment, AwsEnvironmentJson.Default.AwsEnvironmentRecord)
        : settings.GetValueOrDefault(name[FunctionSettings.Prefix.Length..]);

    private sealed class Answers(string text) : IEventHandler
    {
        public Task<EventResponse> HandleAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellation) => Task.FromResult(EventResponse.Done(text));
    }
}
