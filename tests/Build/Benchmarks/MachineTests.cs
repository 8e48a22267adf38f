using Slipway.Benchmarks.Machine;

namespace Slipway.Build.Tests.Benchmarks;

public sealed class MachineTests
{
    private const string Before = "cpu  100 0 50 800 50 0 0 0 0 0\ncpu0 1 2 3 4\n";

    [TestCase("cpu  100 0 50 900 50 0 0 0 0 0\n", 0)]
    [TestCase("cpu  150 0 50 850 50 0 0 0 0 0\n", 0.5)]
    [TestCase("cpu  100 0 50 850 100 0 0 0 0 0\n", 0, Description = "waiting for a disk is idle")]
    [TestCase("cpu  100 0 50 875 50 0 0 25 0 0\n", 0.25, Description = "what another machine on the same host took")]
    public void ReportsTheShareOfBusyProcessors(string after, double share) =>
        Assert.That(ProcessorTimes.Parse(after)!.BusyShareSince(ProcessorTimes.Parse(Before)), Is.EqualTo(share));

    [TestCase(null)]
    [TestCase("")]
    [TestCase("intr 1 2 3 4 5 6 7 8 9")]
    public void IsUnknownIfTheSystemDoesNotReportIt(string? stat) => Assert.That(ProcessorTimes.Parse(stat), Is.Null);

    [Test]
    public void KnowsTheProcessesBelowThisOne()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Ignore("Only Linux reports which processes a process has started.");
        using var child = System.Diagnostics.Process.Start("/bin/sh", ["-c", "read line < /dev/zero"]);
        try
        {
            Assert.That(ProcessTree.Of(Environment.ProcessId), Does.Contain(Environment.ProcessId).And.Contain(child.Id));
            Assert.That(ProcessTree.PeakBytes([Environment.ProcessId, child.Id]), Is.GreaterThan(ProcessTree.PeakBytes([child.Id])!.Value));
        }
        finally
        {
            child.Kill();
        }
    }

    [Test]
    public void ReportsNoMemoryOfEndedProcesses() => Assert.That(ProcessTree.PeakBytes([int.MaxValue]), Is.Null);
}
