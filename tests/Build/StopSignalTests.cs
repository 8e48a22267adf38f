using System.Diagnostics;
using System.Globalization;
using Slipway.Automation.SageMaker;
using Slipway.Registry;

namespace Slipway.Build.Tests;

[NonParallelizable]
public sealed class StopSignalTests
{
    [TestCase("TERM"), TestCase("INT")]
    public async Task SignalCancelsInsteadOfEndingTheProcess(string signal)
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("Windows sends no signals to a process without a console.");
        using var stop = new StopSignal();
        var stopped = new TaskCompletionSource();
        await using var registration = stop.Token.Register(stopped.SetResult);
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -{signal} {Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}"]);
        if (signal == "INT" && IgnoresInterrupts())
        {
            // a shell starts what runs in its background so, and it stays as it is
            await kill.WaitForExitAsync();
            Assert.That(stop.Token.IsCancellationRequested, Is.False);
            return;
        }

        Assert.That(async () => await stopped.Task.WaitAsync(TimeSpan.FromSeconds(10)), Throws.Nothing);
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
                await stopped.Task.WaitAsync(TimeSpan.FromSeconds(10), CancellationToken.None);
                throw new TrainingInterruptedException("Training job pumps-1 is being stopped.", token);
            }, "Stopped."),
            Throws.TypeOf<SlipwayException>().With.Message.EqualTo("Stopped. Training job pumps-1 is being stopped."));
    }

    private static bool IgnoresInterrupts() =>
        OperatingSystem.IsLinux()
        && File.ReadLines("/proc/self/status").Single(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)) is var ignored
        && (Convert.ToUInt64(ignored["SigIgn:".Length..].Trim(), 16) & (1UL << 1)) != 0;

    [Test]
    public void FailureWithoutASignalIsItsOwn()
    {
        using var stop = new StopSignal();

        Assert.That(() => stop.RunAsync(_ => throw new SlipwayException("row 7"), "Stopped."), Throws.TypeOf<SlipwayException>().With.Message.EqualTo("row 7"));
    }
}
