using Slipway.Inference.Residency;

namespace Slipway.Inference.Tests.Residency;

[Platform("Linux")]
public sealed class MachineMemoryTests
{
    private DirectoryInfo _root = null!;

    [SetUp]
    public void CreateFolder()
    {
        _root = Directory.CreateTempSubdirectory("slipway-memory-");
        Write("proc/meminfo", "MemTotal:  8000 kB\nMemFree:  100 kB\nMemAvailable:  6000 kB\n");
        Write("proc/self/cgroup", "0::/\n");
    }

    [TearDown]
    public void RemoveFolder() => TestFolder.Remove(_root);

    [Test]
    public void WithoutALimitTheMachineCounts() => Assert.That(Read(), Is.EqualTo(new MemoryReading(8000 * 1024, 6000 * 1024)));

    [Test]
    public void ReadsTheLimitOfAContainerAndLeavesOutWhatTheKernelCanFree()
    {
        Write("sys/fs/cgroup/memory.max", "1000000\n");
        Write("sys/fs/cgroup/memory.current", "700000\n");
        Write("sys/fs/cgroup/memory.stat", "anon 300000\nactive_file 100000\ninactive_file 200000\n");

        Assert.That(Read(), Is.EqualTo(new MemoryReading(1_000_000, 500_000)));
    }

    [Test]
    public void AGroupAboveMayHaveTheLowerLimit()
    {
        Write("proc/self/cgroup", "0::/pod/server\n");
        Write("sys/fs/cgroup/pod/server/memory.max", "max\n");
        Write("sys/fs/cgroup/pod/server/memory.current", "100\n");
        Write("sys/fs/cgroup/pod/memory.max", "2000000\n");
        Write("sys/fs/cgroup/pod/memory.current", "1900000\n");

        Assert.That(Read(), Is.EqualTo(new MemoryReading(2_000_000, 100_000)));
    }

    [Test]
    public void ReadsVersionOneWhoseFolderIsThatOfTheHost()
    {
        Write("proc/self/cgroup", "9:cpu,cpuacct:/docker/1f\n4:memory:/docker/1f\n0::/\n");
        Write("sys/fs/cgroup/memory/memory.limit_in_bytes", "3000000\n");
        Write("sys/fs/cgroup/memory/memory.usage_in_bytes", "1000000\n");
        Write("sys/fs/cgroup/memory/memory.stat", "inactive_file 1\ntotal_inactive_file 400000\n");

        Assert.That(Read(), Is.EqualTo(new MemoryReading(3_000_000, 2_400_000)));
    }

    [Test]
    public void ANumberThatNoMachineHasIsNoLimit()
    {
        Write("proc/self/cgroup", "4:memory:/\n");
        Write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
        Write("sys/fs/cgroup/memory/memory.usage_in_bytes", "1000000\n");

        Assert.That(Read(), Is.EqualTo(new MemoryReading(8000 * 1024, 6000 * 1024)));
    }

    [Test]
    public void WithoutFilesOfTheKernelItIsWhatDotNetReports()
    {
        File.Delete(Path.Combine(_root.FullName, "proc/meminfo"));

        Assert.That(Read().Limit, Is.EqualTo(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes));
    }

    [Test]
    public void ReadsThisMachine()
    {
        var reading = new MachineMemory().Read();

        Assert.That(reading.Available, Is.InRange(1, reading.Limit));
    }

    private MemoryReading Read() => new MachineMemory(_root.FullName).Read();

    private void Write(string file, string content)
    {
        var path = Path.Combine(_root.FullName, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }
}
