namespace Slipway.Inference.Tests.Fixtures;

public sealed class TestFolderTests
{
    private DirectoryInfo _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("slipway-folder-");

    [Test]
    public async Task IsRemovedWhenNothingWritesThereAnyMore()
    {
        const int files = 2_000;
        var writing = new TaskCompletionSource();
        var writer = Task.Run(() =>
        {
            try
            {
                for (var i = 0; i < files; i++)
                {
                    File.WriteAllText(Path.Combine(_folder.FullName, $"{i}"), "");
                    writing.TrySetResult();
                }
            }
            catch (DirectoryNotFoundException)
            {
                // it is removed
            }
        });

        await writing.Task;
        TestFolder.Remove(_folder);
        await writer;

        Assert.That(Directory.Exists(_folder.FullName), Is.False);
    }

    [Test]
    [Platform("Linux", Reason = "Only Linux lists who uses a file.")]
    public void OneThatCannotBeRemovedSaysWhoUsesIt()
    {
        var path = _folder.FullName;
        using (new UndeletableFolder(path))
        using (File.Create(Path.Combine(path, "open")))
            Assert.That(
                () => TestFolder.Remove(_folder, timeout: TimeSpan.Zero),
                Throws.InstanceOf<IOException>().With.Message.Contains($"process {Environment.ProcessId} (").And.Message.Contains(Path.Combine(path, "open")));

        TestFolder.Remove(_folder);
    }
}
