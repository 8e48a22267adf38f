using Slipway.Build.TestReports;

namespace Slipway.Build.Tests.TestReports;

public sealed class TemporaryFilesTests
{
    private DirectoryInfo _root = null!;

    private MemoryFileSystem Memory => new(_root.FullName, $"tmpfs {_root.FullName} tmpfs rw 0 0\n", long.MaxValue, long.MaxValue, null);

    [SetUp]
    public void CreateFolder() => _root = Directory.CreateTempSubdirectory("slipway-memory-");

    [TearDown]
    public void RemoveFolder() => TestFolder.Remove(_root);

    [Test]
    public void AreInMemoryAsLongAsTheTestsRun()
    {
        string folder;
        using (var files = TemporaryFiles.Create(Memory))
        {
            folder = files.Folder!;
            Assert.That(folder, Does.Exist.And.StartWith(_root.FullName));
            Assert.That(files.Description, Does.Contain("in memory").And.Contain(folder));
            File.WriteAllText(Path.Combine(folder, "left"), "");
        }

        Assert.That(folder, Does.Not.Exist);
    }

    [Test]
    public void OfARunThatWasKilledAreRemovedByTheNextOneAndThoseOfARunningOneStay()
    {
        var abandoned = _root.CreateSubdirectory("slipway-tests-killed").FullName;
        var others = _root.CreateSubdirectory("of-another-program").FullName;

        using var running = TemporaryFiles.Create(Memory);
        using var next = TemporaryFiles.Create(Memory);

        Assert.That(abandoned, Does.Not.Exist);
        Assert.That(others, Does.Exist);
        Assert.That(running.Folder, Does.Exist);
        Assert.That(next.Folder, Is.Not.EqualTo(running.Folder));
    }

    [Test]
    public void AreOnDiskWhereMemoryCannotBeUsed()
    {
        using var files = TemporaryFiles.Create(Memory with { Free = 0 });

        Assert.That(files.Folder, Is.Null);
        Assert.That(files.Description, Is.EqualTo($"Temporary files are on disk: {_root.FullName} has 0 MB free, and 2048 MB are needed."));
    }

    [Test]
    public void AreOnDiskWhereNobodyMayWriteToMemory()
    {
        using var files = TemporaryFiles.Create(Memory with { Root = "/proc", Mounts = "tmpfs /proc tmpfs rw 0 0\n" });

        Assert.That(files.Folder, Is.Null);
        Assert.That(files.Description, Does.StartWith("Temporary files are on disk: "));
    }
}
