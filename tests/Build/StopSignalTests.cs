using System.Diagnostics;
using System.Globalization;

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

        Assert.That(async () => await stopped.Task.WaitAsync(TimeSpan.FromSeconds(10)), Throws.Nothing);
    }
}
