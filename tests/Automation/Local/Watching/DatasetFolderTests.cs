using Slipway.Automation.Local.Watching;

namespace Slipway.Automation.Tests.Local.Watching;

public sealed class DatasetFolderTests
{
    private string _root = null!;
    private DatasetFolder _folder = null!;

    [SetUp]
    public void SetUp()
    {
        _root = Directory.CreateTempSubdirectory("slipway-datasets-").FullName;
        _folder = new(_root);
    }

    [TearDown]
    public void TearDown() => TestFolder.Remove(_root);

    [Test]
    public void StoreThatIsNotThereYetHoldsNothing()
    {
        var scan = new DatasetFolder(Path.Combine(_root, "none")).Scan(["pumps"]);

        Assert.That((scan.Files.Count, scan.IgnoredEntries.Count), Is.EqualTo((0, 0)));
    }

    [Test]
    public void FileIsDescribedWithItsLengthAndTime()
    {
        var path = Write("pumps/a.csv", "12345");
        var file = _folder.Scan(["pumps"]).Files.Single();

        Assert.That(file, Is.EqualTo(new DatasetFile("pumps", "a.csv", 5, new(File.GetLastWriteTimeUtc(path)))));
        Assert.That(file.Key, Is.EqualTo("datasets/pumps/a.csv"));
    }

    [TestCase("a.csv", "is not in a model's folder")]
    [TestCase("pumps/a.xlsx", "is not a dataset")]
    [TestCase("pumps/old/a.csv", "is a folder inside")]
    [TestCase("nosuch/a.csv", "does not match a model")]
    public void WhatNobodyLooksAtIsNamed(string path, string reason)
    {
        Write(path, "1");
        var scan = _folder.Scan(["pumps"]);

        Assert.That(scan.Files, Is.Empty);
        Assert.That(scan.IgnoredEntries.Values.Single(), Does.Contain(reason));
    }

    [Test]
    public void LinkIsAsLongAsWhatItLeadsTo()
    {
        var target = Write("elsewhere/a.csv", "1234567");
        File.CreateSymbolicLink(Path.Combine(_folder.Prepare("pumps"), "link.csv"), target);

        Assert.That(_folder.Scan(["pumps"]).Files.Single().Length, Is.EqualTo(7));
        File.Delete(target);
        Assert.That(_folder.Scan(["pumps"]).IgnoredEntries.Values, Has.One.Contains("is a broken link"));
    }

    [Test]
    public void LinkThatLeadsOutOfTheStoreIsNamed()
    {
        var outside = Directory.CreateTempSubdirectory("slipway-outside-");
        try
        {
            File.WriteAllText(Path.Combine(outside.FullName, "a.csv"), "1234567");
            File.CreateSymbolicLink(Path.Combine(_folder.Prepare("pumps"), "link.csv"), Path.Combine(outside.FullName, "a.csv"));

            var scan = _folder.Scan(["pumps"]);

            Assert.That(scan.Files, Is.Empty);
            Assert.That(scan.IgnoredEntries.Values.Single(), Does.Contain("outside the store and is ignored").And.Contain(outside.FullName));
        }
        finally
        {
            TestFolder.Remove(outside);
        }
    }

    [Test]
    public void OfTooManyFilesTheLatestAreFollowed()
    {
        for (var i = 0; i <= DatasetFolder.MaxFiles; i++)
            File.SetLastWriteTimeUtc(Write($"pumps/{i}.csv", "1"), new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(i));
        var scan = _folder.Scan(["pumps"]);

        Assert.That(scan.Files, Has.Count.EqualTo(DatasetFolder.MaxFiles));
        Assert.That(scan.Files.Select(file => file.Name), Has.None.EqualTo("0.csv").And.Some.EqualTo("1000.csv"));
        Assert.That(scan.IgnoredEntries.Values.Single(), Does.Contain("more than 1000"));
    }

    private string Write(string path, string content)
    {
        var file = Path.Combine(_root, "datasets", path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
        return file;
    }
}
