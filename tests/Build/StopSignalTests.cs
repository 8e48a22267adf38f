using System.Diagnostics;
using System.Globalization;
using Slipway.Automation.SageMaker;
using Slipway.Build.Environments;
using Slipway.Registry;

namespace Slipway.Build.Tests;

[NonParallelizable]
public sealed class StopSignalTests
{
    [TestCase("TERM"), TestCase("INT"), TestCase("HUP")]
    public async Task SignalCancelsInsteadOfEndingTheProcess(string signal)
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("Windows sends no signals to a process without a console.");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(StopSignalProgram).Assembly.Location]) { RedirectStandardOutput = true })!;
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        try
        {
            Assert.That(await process.StandardOutput.ReadLineAsync(late.Token), Is.EqualTo(StopSignalProgram.Waiting));
            using var kill = Process.Start("/bin/sh", ["-c", $"kill -{signal} {process.Id.ToString(CultureInfo.InvariantCulture)}"]);

            Assert.That(await process.StandardOutput.ReadLineAsync(late.Token), Is.EqualTo(StopSignalProgram.Stopped));
            await process.WaitForExitAsync(late.Token);
            Assert.That(process.ExitCode, Is.Zero);
        }
        finally
        {
            process.Kill();
        }
    }

    [Test]
    public void StoppedWorkSaysWhatBecomesOfItsJob()
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("Windows sends no signals to a process without a console.");
        using var stop = new StopSignal();

        Assert.That(
            () => stop.RunAsync(async token =>
            {
                using var kill = Process.Start("/bin/sh", ["-c", $"kill -TERM {Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}"]);
                var stopped = new TaskCompletionSource();
                await using var registration = token.Register(stopped.SetResult);
                await stopped.Task.WaitAsync(TimeSpan.FromSeconds(60), CancellationToken.None);
                throw new TrainingInterruptedException("Training job pumps-1 is being stopped.", token);
            }, "Stopped."),
            Throws.TypeOf<SlipwayException>().With.Message.EqualTo("Stopped. Training job pumps-1 is being stopped."));
    }

    [Test]
    public void FailureWithoutASignalIsItsOwn()
    {
        using var stop = new StopSignal();

        Assert.That(() => stop.RunAsync(_ => throw new SlipwayException("row 7"), "Stopped."), Throws.TypeOf<SlipwayException>().With.Message.EqualTo("row 7"));
    }
}
