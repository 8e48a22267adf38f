using Slipway.Build.TestReports;

namespace Slipway.Build.Tests.TestReports;

public sealed class MemoryFileSystemTests
{
    private const string Mounts = "/dev/vda / ext4 rw,relatime 0 0\ntmpfs /dev/shm tmpfs rw,nosuid,nodev,relatime,size=24683652k 0 0\ntmpfs /run tmpfs rw,noexec 0 0\n";

    private static readonly MemoryFileSystem Roomy = new("/dev/shm", Mounts, 4L << 30, 16L << 30, null);

    [Test]
    public void IsUsedIfFilesFitAndCanBeExecuted() => Assert.That(Roomy.Problem(), Is.Null);

    [Test]
    public void IsNotUsedWhereNoneIsMounted() =>
        Assert.That((Roomy with { Mounts = "/dev/vda / ext4 rw,relatime 0 0\nnone /dev/shm ext4 rw 0 0\n" }).Problem(), Is.EqualTo("/dev/shm is not a file system in memory"));

    [TestCase("noexec"), TestCase("ro")]
    public void IsNotUsedWithAnOptionThatTestsCannotHave(string option) =>
        Assert.That((Roomy with { Mounts = $"{Mounts}shm /dev/shm tmpfs {option},nosuid 0 0\n" }).Problem(), Is.EqualTo($"/dev/shm is mounted with {option}"));

    [Test]
    public void IsNotUsedIfFilesDoNotFit() =>
        Assert.That((Roomy with { Free = 64 << 20 }).Problem(), Is.EqualTo("/dev/shm has 64 MB free, and 2048 MB are needed"));

    [Test]
    public void IsNotUsedIfTheProcessesNeedTheMemory() =>
        Assert.That((Roomy with { Memory = 4L << 30 }).Problem(), Is.EqualTo("there are 4096 MB of memory, and 6144 MB are needed"));

    [Test]
    public void IsNotUsedIfAPersonChoseAnotherFolder() => Assert.That((Roomy with { Chosen = "/data/tmp" }).Problem(), Is.EqualTo("TMPDIR is set to /data/tmp"));

    [Test]
    public void IsNotUsedOnAMachineWithoutOne()
    {
        var machine = MemoryFileSystem.OfThisMachine("/nowhere") with { Chosen = null };

        Assert.That(machine.Problem(), Is.EqualTo("/nowhere is not a file system in memory"));
    }
}
