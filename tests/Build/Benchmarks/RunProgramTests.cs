using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using Slipway.Benchmarks;
using Slipway.Build.Cli;
using Slipway.Registry;

namespace Slipway.Build.Tests.Benchmarks;

/// <summary>Signals go to this process.</summary>
[NonParallelizable]
public sealed class RunProgramTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);
    private static readonly string Stopped = $"Stopped before the end of the measurement: there are no results.{Environment.NewLine}";

    private AnonymousPipeServerStream _starter = null!;
    private AnonymousPipeClientStream _input = null!;
    private StringWriter _errors = null!;

    [SetUp]
    public void SetUp()
    {
        _starter = new(PipeDirection.Out);
        _input = new(PipeDirection.In, _starter.ClientSafePipeHandle);
        _errors = new();
    }

    [TearDown]
    public void TearDown()
    {
        _starter.Dispose();
        _input.Dispose();
        _errors.Dispose();
    }

    [Test]
    public async Task EndsWithTheMeasurement()
    {
        Assert.That(await RunAsync(_ => Task.CompletedTask), Is.EqualTo(ExitCodes.Done));
        Assert.That(_errors.ToString(), Is.Empty);
    }

    [Test]
    public async Task StopsWhenItsInputEnds()
    {
        var run = RunAsync(CancelledAsync);
        Assert.That(run.IsCompleted, Is.False);
        await _starter.DisposeAsync();

        Assert.That((await run, _errors.ToString()), Is.EqualTo((ExitCodes.Failed, Stopped)));
    }

    [Test]
    public async Task StopsAtASignal()
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("Windows sends no signals to a process without a console.");
        var result = await RunAsync(async token =>
        {
            using var kill = Process.Start("/bin/sh", ["-c", $"kill -TERM {Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}"]);
            await CancelledAsync(token);
        });

        Assert.That((result, _errors.ToString()), Is.EqualTo((ExitCodes.Failed, Stopped)));
    }

    [Test]
    public async Task PrintsTheSentenceOfAFailureAlone()
    {
        Assert.That(await RunAsync(_ => throw new SlipwayException("floor failed 1 of 20 requests.")), Is.EqualTo(ExitCodes.Failed));
        Assert.That(_errors.ToString(), Is.EqualTo($"floor failed 1 of 20 requests.{Environment.NewLine}"));
    }

    [Test]
    public async Task PrintsWhereADefectIs()
    {
        Assert.That(await RunAsync(_ => throw new OperationCanceledException("nobody stopped it")), Is.EqualTo(ExitCodes.Failed));
        Assert.That(_errors.ToString(), Does.Contain("nobody stopped it").And.Contain(nameof(PrintsWhereADefectIs)));
    }

    private Task<int> RunAsync(Func<CancellationToken, Task> work) => RunProgram.RunAsync(work, _input, _errors);

    private static Task CancelledAsync(CancellationToken token) => Task.Delay(Timeout, TimeProvider.System, token);
}
