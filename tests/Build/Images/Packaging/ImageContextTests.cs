using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Slipway.Build.Images.Packaging;
using Slipway.Registry;

namespace Slipway.Build.Tests.Images.Packaging;

public sealed class ImageContextTests
{
    private static readonly Dictionary<string, string> Words = new() { ["train"] = "Slipway.Trainer", ["serve"] = "Slipway.Inference" };

    private string _folder = "";
    private ImageContext _context = null!;

    [SetUp]
    public void StartEmpty()
    {
        _folder = Directory.CreateTempSubdirectory("slipway-context-").FullName;
        _context = new(Path.Combine(_folder, "context"));
        _context.Clear();
    }

    [TearDown]
    public void Remove() => TestFolder.Remove(_folder);

    [Test]
    public void KeepsPackagesApartFromWhatChangesWithEveryCommit()
    {
        _context.Add(Published("a", "Slipway.Trainer.deps.json", "libonnxruntime.so", "OpenApi/openapi.json"), Words);

        Assert.That(Files, Is.EqualTo(new[] { "packages/libonnxruntime.so", "slipway/OpenApi/openapi.json", "slipway/Slipway.Trainer.deps.json" }));
    }

    [Test]
    public void CallsProgramsByTheWordsOfTheImage()
    {
        _context.Add(Published("a", "Slipway.Trainer"), Words);
        _context.Add(Published("b", "Slipway.Inference", "Slipway.Other"), Words);

        Assert.That(Files, Is.EqualTo(new[] { "slipway/serve", "slipway/train" }));
        if (!OperatingSystem.IsWindows())
            Assert.That(File.GetUnixFileMode(Path.Combine(_context.Folder, "slipway", "train")).HasFlag(UnixFileMode.OtherExecute));
    }

    // the container's user is another one
    [Test, NonParallelizable, Platform(Exclude = "Win", Reason = "Windows has no umask"), UnsupportedOSPlatform("windows")]
    public void LetsEverybodyReadItsFoldersWhateverTheUmask()
    {
        var before = SetUmask(0x3F);
        try
        {
            _context.Clear();
            _context.Add(Published("a", "Slipway.Trainer", "OpenApi/v1/openapi.json"), Words);
        }
        finally
        {
            _ = SetUmask(before);
        }

        Assert.That(Directory.EnumerateFileSystemEntries(_context.Folder, "*", SearchOption.AllDirectories).Append(_context.Folder).Select(File.GetUnixFileMode),
            Has.All.Matches<UnixFileMode>(mode => mode.HasFlag(UnixFileMode.OtherRead)));
        Assert.That(Directory.EnumerateDirectories(_context.Folder, "*", SearchOption.AllDirectories).Append(_context.Folder).Select(File.GetUnixFileMode),
            Has.All.Matches<UnixFileMode>(mode => mode.HasFlag(UnixFileMode.OtherExecute)));
    }

    [DllImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetUmask(int mask);

    [Test]
    public void LeavesOutWhatNoContainerLoads()
    {
        var published = Published("a", "Slipway.Trainer.pdb", "Library.xml", "settings.xml", "onnxruntime.dll");
        File.Copy(typeof(ImageContext).Assembly.Location, Path.Combine(published, "Library.dll"));

        _context.Add(published, Words);

        Assert.That(Files, Is.EqualTo(new[] { "packages/Library.dll", "packages/settings.xml" }));
    }

    [Test]
    public void TakesAFileThatTwoProgramsShareOnce()
    {
        _context.Add(Published("a", "shared.so"), Words);
        _context.Add(Published("b", "shared.so"), Words);

        Assert.That(Files, Is.EqualTo(new[] { "packages/shared.so" }));
    }

    [Test]
    public void RefusesTwoFilesOfOneName()
    {
        _context.Add(Published("a", "shared.so"), Words);
        var other = Published("b", "shared.so");
        File.AppendAllText(Path.Combine(other, "shared.so"), "another version");

        Assert.That(() => _context.Add(other, Words), Throws.TypeOf<SlipwayException>().With.Message.Contains("'shared.so'"));
    }

    [Test]
    public void HasTheSameContentForTheSameFilesAndAnotherForAnythingElse()
    {
        _context.Add(Published("a", "one.so"), Words);
        var content = _context.Content(["FROM x"]);
        _context.Clear();
        _context.Add(Published("b", "one.so"), Words);

        Assert.That(_context.Content(["FROM x"]), Is.EqualTo(content));
        Assert.That(_context.Content(["FROM y"]), Is.Not.EqualTo(content));
        _context.Add(Published("c", "two.so"), Words);
        Assert.That(_context.Content(["FROM x"]), Is.Not.EqualTo(content));
    }

    private IEnumerable<string> Files => Directory.EnumerateFiles(_context.Folder, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(_context.Folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal);

    private string Published(string name, params string[] files)
    {
        var folder = Path.Combine(_folder, name);
        foreach (var file in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, file))!);
            File.WriteAllText(Path.Combine(folder, file), $"content of {file}, long enough to be no empty file and too short to be a library of any kind at all");
        }

        return folder;
    }
}
