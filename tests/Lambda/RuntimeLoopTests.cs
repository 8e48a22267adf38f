using Slipway.Automation.Lambda.Runtime;
using Slipway.Automation.SageMaker;
using Slipway.Registry;

namespace Slipway.Automation.Lambda.Tests;

public sealed class RuntimeLoopTests
{
    private FakeRuntimeApi _lambda = null!;
    private StringWriter _log = null!;
    private CancellationTokenSource _stop = null!;
    private Task? _running;

    [SetUp]
    public void SetUp() => (_lambda, _log, _stop, _running) = (new(), new(), new(FakeRuntimeApi.Timeout), null);

    [TearDown]
    public async Task TearDown()
    {
        await _stop.CancelAsync();
        if (_running is not null)
            await _running.ContinueWith(_ => { }, TaskScheduler.Default);
        await _lambda.DisposeAsync();
        _stop.Dispose();
        await _log.DisposeAsync();
    }

    [Test]
    public async Task AnswersEveryEventWithWhatBecameOfIt()
    {
        var first = Queue("1");
        var second = Queue("2");
        Run((payload, _) => Task.FromResult(new EventResponse(true, $"did {payload}")));

        Assert.That(await _lambda.AnsweredAsync(), Is.EqualTo(new Posted($"invocation/{first}/response", """{"handled":true,"text":"did 1"}""", null, "application/json")));
        Assert.That((await _lambda.AnsweredAsync()).Path, Is.EqualTo($"invocation/{second}/response"));
    }

    [Test]
    public async Task ReportsAnEventThatCannotBeHandledAndTakesTheNext()
    {
        var poison = Queue("poison");
        var good = Queue("good");
        Run((payload, _) => payload == "poison" ? throw new SlipwayException("It is poison. Remove it.") : Task.FromResult(new EventResponse(true, "well")));

        var failed = await _lambda.AnsweredAsync();
        Assert.That((failed.Path, failed.ErrorType), Is.EqualTo(($"invocation/{poison}/error", "Slipway.SlipwayException")));
        Assert.That(failed.Body, Is.EqualTo("""{"errorType":"Slipway.SlipwayException","errorMessage":"It is poison. Remove it."}"""));
        Assert.That((await _lambda.AnsweredAsync()).Path, Is.EqualTo($"invocation/{good}/response"));
        await StopAsync();
        Assert.That(LogLines().First(), Does.Contain("\"requestId\":\"request-1\"").And.Contain("It is poison").And.Not.Contain("defect"));
    }

    [Test]
    public async Task TakesAServiceThatIsNotThereForAFailureOfTheEventAlone()
    {
        Queue("1");
        Queue("2");
        Run((payload, _) => payload == "1" ? throw new HttpRequestException(HttpRequestError.ConnectionError, "refused") : Task.FromResult(new EventResponse(true, "well")));

        Assert.That((await _lambda.AnsweredAsync()).ErrorType, Is.EqualTo("Slipway.HttpRequestException"));
        Assert.That((await _lambda.AnsweredAsync()).Path, Is.EqualTo("invocation/request-2/response"));
    }

    [Test]
    public async Task KeepsTheStackTraceOfADefectOnOneLine()
    {
        Queue("1");
        Run((_, _) => throw new InvalidOperationException("nobody\nforesaw it"));

        Assert.That((await _lambda.AnsweredAsync()).ErrorType, Is.EqualTo("Slipway.InvalidOperationException"));
        await StopAsync();
        Assert.That(LogLines().Single(), Does.Contain("defect").And.Contain("RuntimeLoopTests"));
    }

    [Test]
    public async Task GivesUpAnEventAtItsDeadline()
    {
        var id = Queue("slow", TimeProvider.System.GetUtcNow().AddSeconds(1));
        Run(async (_, cancellation) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
            return new(true, "never");
        });

        var failed = await _lambda.AnsweredAsync();
        Assert.That(failed.Path, Is.EqualTo($"invocation/{id}/error"));
        Assert.That(failed.Body, Does.Contain("was not processed within 0.").And.Contain("redelivers it"));
    }

    [Test]
    public async Task DoesNotBeginWhatHasNoTimeLeft()
    {
        var began = false;
        Queue("late", TimeProvider.System.GetUtcNow().AddSeconds(-1));
        Queue("in time");
        Run((payload, _) =>
        {
            began |= payload == "late";
            return Task.FromResult(new EventResponse(true, payload));
        });

        Assert.That((await _lambda.AnsweredAsync()).ErrorType, Is.EqualTo("Slipway.EventTimeoutException"));
        Assert.That((await _lambda.AnsweredAsync()).Body, Does.Contain("in time"));
        Assert.That(began, Is.False);
    }

    [Test]
    public async Task PassesTheTraceOnAndForgetsItWithTheEvent()
    {
        _lambda.Queue("1", InAMinute, "Root=1-abc;Sampled=1");
        Queue("2");
        Run((_, _) => Task.FromResult(new EventResponse(true, Environment.GetEnvironmentVariable("_X_AMZN_TRACE_ID") ?? "none")));

        Assert.That((await _lambda.AnsweredAsync()).Body, Does.Contain("Root=1-abc;Sampled=1"));
        Assert.That((await _lambda.AnsweredAsync()).Body, Does.Contain("none"));
    }

    [Test]
    public async Task EndsWhenItIsStoppedWhileNothingHappens()
    {
        Run((_, _) => Task.FromResult(new EventResponse(true, "")));
        await _lambda.FirstNext.Task.WaitAsync(FakeRuntimeApi.Timeout);
        await StopAsync();

        Assert.That(_running!.IsCompletedSuccessfully, Is.True);
    }

    [Test]
    public async Task GoesOnWhereLambdaHasGivenUpOnAnEvent()
    {
        _lambda.StatusOfAnswers = 410;
        Queue("1");
        Queue("2");
        Run((payload, _) => Task.FromResult(new EventResponse(true, payload)));

        await _lambda.AnsweredAsync();
        Assert.That((await _lambda.AnsweredAsync()).Path, Is.EqualTo("invocation/request-2/response"));
    }

    [Test]
    public void EndsWhereTheRuntimeApiDoesNotAnswer()
    {
        using var nowhere = new RuntimeApi("127.0.0.1:1", TimeProvider.System);
        var loop = new RuntimeLoop(nowhere, new Handler((_, _) => throw new InvalidOperationException()), new(_log, TimeProvider.System), TimeProvider.System);

        Assert.That(() => loop.RunAsync(_stop.Token), Throws.TypeOf<HttpRequestException>());
    }

    private static DateTimeOffset InAMinute => TimeProvider.System.GetUtcNow().AddMinutes(1);

    private string Queue(string payload, DateTimeOffset? deadline = null) => _lambda.Queue(payload, deadline ?? InAMinute);

    private void Run(Func<string, CancellationToken, Task<EventResponse>> handle) => _running = RunAsync(new Handler(handle));

    private async Task RunAsync(IEventHandler handler)
    {
        using var api = new RuntimeApi(_lambda.Host, TimeProvider.System);
        await new RuntimeLoop(api, handler, new(_log, TimeProvider.System), TimeProvider.System).RunAsync(_stop.Token);
    }

    private async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running!.WaitAsync(FakeRuntimeApi.Timeout);
    }

    private string[] LogLines() => _log.ToString().TrimEnd().Split('\n');

    private sealed class Handler(Func<string, CancellationToken, Task<EventResponse>> handle) : IEventHandler
    {
        public Task<EventResponse> HandleAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellation) =>
            handle(System.Text.Encoding.UTF8.GetString(payload.Span), cancellation);
    }
}
