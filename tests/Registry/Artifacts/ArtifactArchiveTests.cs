using System.Diagnostics;
using System.Formats.Tar;
using Slipway.Registry.Artifacts;
using static Slipway.Registry.Tests.Artifacts.TarBytes;

namespace Slipway.Registry.Tests.Artifacts;

public sealed class ArtifactArchiveTests
{
    private DirectoryInfo _folder = null!;
    private string _target = null!;

    [SetUp]
    public void CreateFolder()
    {
        _folder = Directory.CreateTempSubdirectory("slipway-archive-");
        _target = Path.Combine(_folder.FullName, "target");
    }

    [TearDown]
    public void DeleteFolder() => TestFolder.Remove(_folder);

    [Test]
    public async Task UnpacksWhatItPacked()
    {
        var source = Source(("model.onnx", "weights"), ("golden.json", "[]"), ("empty.txt", ""));

        await UnpackAsync(await PackAsync(source));

        Assert.That(Directory.GetFiles(_target).Select(Path.GetFileName), Is.EquivalentTo(new[] { "model.onnx", "golden.json", "empty.txt" }));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(_target, "model.onnx")), Is.EqualTo("weights"));
        Assert.That(Names(), Is.EquivalentTo(new[] { "source", "target" }), "nothing else is left");
    }

    [Test]
    public async Task PacksTheSameFilesToTheSameBytes()
    {
        var source = Source(("model.onnx", "weights"), ("golden.json", "[]"));
        var first = await PackAsync(source);

        foreach (var file in Directory.GetFiles(source))
        {
            File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch.AddYears(40));
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        Assert.That(await PackAsync(source), Is.EqualTo(first));
        await File.WriteAllTextAsync(Path.Combine(source, "golden.json"), "{}");
        Assert.That(await PackAsync(source), Is.Not.EqualTo(first), "and other files to others");
    }

    [Test]
    public void PacksNoFolders()
    {
        var source = Source(("model.onnx", "weights"));
        Directory.CreateDirectory(Path.Combine(source, "plots"));

        Assert.That(() => PackAsync(source), Throws.InstanceOf<SlipwayException>().With.Message.Contains("plots"));
    }

    [Test]
    public async Task TakesWhatTarMakesOfAFolder()
    {
        await UnpackAsync(Of(Folder("./"), Regular("./model.onnx"), Regular("./schema.json")));

        Assert.That(Directory.GetFiles(_target).Select(Path.GetFileName), Is.EquivalentTo(new[] { "model.onnx", "schema.json" }));
    }

    private static IEnumerable<TestCaseData> BadEntries()
    {
        yield return Bad("a parent folder", Regular("../model.onnx"));
        yield return Bad("a parent folder within", Regular("a/../../model.onnx"));
        yield return Bad("an absolute path", Regular("/tmp/model.onnx"));
        yield return Bad("a subfolder", Regular("sub/model.onnx"));
        yield return Bad("a backslash", Regular("..\\model.onnx"));
        yield return Bad("a drive", Regular("C:model.onnx"));
        yield return Bad("a hidden file", Regular(".bashrc"));
        yield return Bad("a line break", Regular("model\n.onnx"));
        yield return Bad("two dots", Regular(".."));
        yield return Bad("a folder", Folder("sub/"));
        yield return Bad("a symbolic link", Link(TarEntryType.SymbolicLink, "model.onnx", "/etc/passwd"));
        yield return Bad("a symbolic link within", Regular("a"), Link(TarEntryType.SymbolicLink, "model.onnx", "a"));
        yield return Bad("a hard link", Regular("a"), Link(TarEntryType.HardLink, "model.onnx", "a"));
        yield return Bad("a FIFO", Special(TarEntryType.Fifo, "model.onnx"));
        yield return Bad("a character device", Special(TarEntryType.CharacterDevice, "model.onnx"));
        yield return Bad("a block device", Special(TarEntryType.BlockDevice, "model.onnx"));
        yield return Bad("a duplicate", Regular("model.onnx"), Regular("model.onnx", "other"));
        yield return Bad("a duplicate in another case", Regular("model.onnx"), Regular("MODEL.onnx"));
        yield return Bad("a duplicate by a dot", Regular("model.onnx"), Regular("./model.onnx"));
    }

    [TestCaseSource(nameof(BadEntries))]
    public void RejectsAnArchiveWith(byte[] archive) => ShouldReject(archive);

    [Test]
    public void RejectsTooManyEntries()
    {
        ShouldReject(Of([.. Enumerable.Range(0, 200).Select(i => Regular($"file{i}"))]), "entries");

        var millions = Stopwatch.StartNew();
        ShouldReject(Of([.. Enumerable.Range(0, 20_000).Select(i => new UstarTarEntry(TarEntryType.RegularFile, $"{i}"))]), "entries");
        Assert.That(millions.Elapsed, Is.LessThan(TimeSpan.FromSeconds(60)));
    }

    [Test]
    public void RejectsAFileBeyondItsLimitBeforeWritingIt() =>
        ShouldReject(Of(Regular("model.onnx", new ZeroStream(50_000_000))), "model.onnx", new(BytesPerFile: 1_000_000));

    [Test]
    public void RejectsFilesThatAreTogetherBeyondTheLimit() =>
        ShouldReject(Of([.. Enumerable.Range(0, 20).Select(i => Regular($"file{i}", new ZeroStream(1_000_000)))]), "more than", new(Bytes: 10_000_000));

    [Test]
    public void RejectsABombOfThousandToOne()
    {
        var bomb = Of(Regular("model.onnx", new ZeroStream(256L << 20)));
        Assert.That((256L << 20) / bomb.Length, Is.GreaterThan(100), "it is a bomb");

        ShouldReject(bomb, "bytes", new(BytesPerFile: 64 << 20, Bytes: 64 << 20));
    }

    [Test]
    public void RejectsAnExtendedHeaderThatWouldFillTheMemory()
    {
        var entry = new PaxTarEntry(TarEntryType.RegularFile, "model.onnx", new Dictionary<string, string> { ["comment"] = new('x', 50_000_000) });
        var archive = Of(entry);
        var before = GC.GetAllocatedBytesForCurrentThread();

        ShouldReject(archive, "extended header");
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(10_000_000));
    }

    [Test]
    public void RejectsBombsBehindTheEndMarker()
    {
        var good = Gunzip(Of(Regular("model.onnx")));

        ShouldReject(Gzip([.. good, .. new byte[5_000_000]]), "more than", new(Bytes: 1_000_000));
        ShouldReject(Gzip([.. good, .. Gunzip(Of(Regular("second")))]), "end marker");
    }

    [Test]
    public void RejectsEveryChangeToAHeader()
    {
        var tar = Gunzip(Of(new UstarTarEntry(TarEntryType.RegularFile, "model.onnx") { DataStream = new MemoryStream(new byte[100]) }));
        for (var position = 0; position < 512; position++)
        {
            byte[] changed = [.. tar];
            changed[position] ^= 0x01;
            ShouldReject(Gzip(changed), reason: "");
        }
    }

    [Test]
    public async Task RejectsEveryTruncationOfTheContent()
    {
        var archive = await PackAsync(Source(("model.onnx", string.Concat(Enumerable.Range(0, 2000)))));

        for (var cut = 1; cut < archive.Length; cut += cut < 64 ? 1 : 97)
            ShouldReject(archive[..^cut], reason: "");
        ShouldReject([], reason: "");
        ShouldReject("this is no archive at all"u8.ToArray(), reason: "");
    }

    [Test]
    public async Task WritesOnlyTheFilesThatAreWanted()
    {
        await UnpackAsync(await PackAsync(Source(("golden.json", "[]"), ("model.onnx", "weights"), ("plot-scores.svg", "<svg/>"))), isWanted: name => name == "model.onnx");

        Assert.That(Directory.GetFiles(_target).Select(Path.GetFileName), Is.EqualTo(new[] { "model.onnx" }));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(_target, "model.onnx")), Is.EqualTo("weights"));
    }

    [Test]
    public async Task VerifiesAlsoTheFilesThatAreNotWanted()
    {
        var archive = await PackAsync(Source(("golden.json", "[]"), ("model.onnx", string.Concat(Enumerable.Range(0, 2000)))));

        for (var cut = 1; cut < archive.Length; cut += cut < 64 ? 1 : 97)
            ShouldReject(archive[..^cut], reason: "", isWanted: name => name == "golden.json");
        ShouldReject(Of(Regular("golden.json"), Regular("../model.onnx")), isWanted: name => name == "golden.json");
    }

    [Test]
    public async Task TakesAnArchiveThatComesInSmallPieces()
    {
        var archive = await PackAsync(Source(("model.onnx", string.Concat(Enumerable.Range(0, 2000)))));

        await ArtifactArchive.UnpackAsync(new TrickleStream(archive), _target, ArtifactLimits.Default, CancellationToken.None);

        Assert.That(() => ArtifactArchive.UnpackAsync(new TrickleStream(archive[..^1]), _target + "2", ArtifactLimits.Default, CancellationToken.None),
            Throws.TypeOf<InvalidArtifactException>().With.Message.Contains("is truncated"));
    }

    [Test]
    public void RejectsWhatFollowsTheCompressedContent() => ShouldReject([.. Of(Regular("model.onnx")), 1, 2, 3, 4], "something follows it");

    [Test]
    public void RejectsAnExtendedHeaderThatHidesEntriesFromTheGuard()
    {
        var hidden = Gunzip(Of([.. Enumerable.Range(0, 200).Select(i => new UstarTarEntry(TarEntryType.RegularFile, $"file{i}"))]));
        ShouldReject(Gzip([.. Extended("size", "0"), .. Header("model.onnx", '0', Octal(hidden.Length)), .. hidden]), "another size than the entry's own header");
    }

    [Test]
    public void RejectsAnExtendedHeaderBehindAnother()
    {
        byte[] bomb = [.. Extended("size", "0"), .. Header("model.onnx", '0', Octal(512)), .. Header("x", 'x', Octal(1 << 30))];
        var before = GC.GetAllocatedBytesForCurrentThread();

        ShouldReject(Gzip(bomb));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(10_000_000));
    }

    [TestCase("x", "size", "7", TestName = "The size of an entry that has another")]
    [TestCase("x", "size", "-1", TestName = "A negative size")]
    [TestCase("x", "size", "99999999999999999999", TestName = "A size beyond every number")]
    [TestCase("x", "comment", "x\n12 size=7", TestName = "A size behind a line break in another value")]
    [TestCase("g", "size", "7", TestName = "A size for all entries")]
    public void RejectsAnExtendedHeaderWith(string type, string key, string value) =>
        ShouldReject(Gzip([.. Extended(key, value, type[0]), .. Header("model.onnx", '0', Octal(0)), .. new byte[1024]]));

    [Test]
    public async Task TakesAnExtendedHeaderThatAgrees()
    {
        await UnpackAsync(Gzip([.. Extended("size", "3"), .. Header("model.onnx", '0', Octal(3)), .. "abc"u8, .. new byte[509], .. new byte[1024]]));

        Assert.That(await File.ReadAllTextAsync(Path.Combine(_target, "model.onnx")), Is.EqualTo("abc"));
    }

    [TestCase("80FFFFFFFFFFFFFFFFFFFFFF", TestName = "High bits set")]
    [TestCase("800000010000000000000000", TestName = "The ninth byte set")]
    [TestCase("80000000FFFFFFFFFFFFFFFF", TestName = "Negative in 64 bits")]
    [TestCase("FFFFFFFFFFFFFFFFFFFFFFFF", TestName = "Negative")]
    [TestCase("C00000000000000000000000", TestName = "Of the wrong kind")]
    public void RejectsASizeBeyondEveryNumber(string field) =>
        ShouldReject(Gzip([.. Header("model.onnx", '0', Convert.FromHexString(field)), .. new byte[1024]]), "archive");

    [TestCase(100, TestName = "A mode that no reader holds")]
    [TestCase(108, TestName = "An owner that no reader holds")]
    [TestCase(136, TestName = "A time that no reader holds")]
    public void RejectsAHeaderWith(int position)
    {
        var header = Header("model.onnx", '0', Octal(0));
        Convert.FromHexString("80FFFFFFFFFFFFFF").CopyTo(header, position);

        ShouldReject(Gzip([.. Sealed(header), .. new byte[1024]]));
    }

    [Test]
    public void StopsABombWithinSecondsByDefault()
    {
        var bomb = Of(Regular("model.onnx", new ZeroStream(300L << 20)));
        var small = Of([.. Enumerable.Range(0, 20).Select(i => Regular($"file{i}", new ZeroStream(20 << 20)))]);
        var watch = Stopwatch.StartNew();

        ShouldReject(bomb, "the limit is 268,435,456. SLIPWAY_MaxModelBytes sets the limit.");
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(60)), "by its header alone");
        ShouldReject(small, "unpacks to more than 268,435,456 bytes. SLIPWAY_MaxModelBytes");
    }

    [TestCase(null, 256L << 20)]
    [TestCase("", 256L << 20)]
    [TestCase("1000000000", 1_000_000_000)]
    public void TakesTheLimitFromASetting(string? setting, long bytes) =>
        Assert.That(ArtifactLimits.Of(setting), Is.EqualTo(new ArtifactLimits(64, bytes, bytes)));

    [TestCase("0")]
    [TestCase("-5")]
    [TestCase("1 GB")]
    [TestCase("99999999999999999999")]
    public void RefusesAnInvalidLimit(string setting) =>
        Assert.That(() => ArtifactLimits.Of(setting), Throws.TypeOf<SlipwayException>().With.Message.StartsWith($"SLIPWAY_MaxModelBytes is '{setting}'"));

    [Test]
    public void DoesNotTouchAFolderThatHasContent()
    {
        Directory.CreateDirectory(_target);
        File.WriteAllText(Path.Combine(_target, "mine"), "x");

        Assert.That(() => UnpackAsync(Of(Regular("model.onnx"))), Throws.InstanceOf<SlipwayException>().With.Message.Contains(_target));
        Assert.That(Directory.GetFiles(_target), Has.Length.EqualTo(1));
    }

    private void ShouldReject(byte[] archive, string reason = "archive", ArtifactLimits? limits = null, Func<string, bool>? isWanted = null)
    {
        Assert.That(() => UnpackAsync(archive, limits, isWanted), Throws.InstanceOf<InvalidArtifactException>().With.Message.Contains(reason));
        Assert.That(Names(), Is.SubsetOf(new[] { "source" }), "nothing is left behind");
    }

    private Task UnpackAsync(byte[] archive, ArtifactLimits? limits = null, Func<string, bool>? isWanted = null) =>
        ArtifactArchive.UnpackAsync(new MemoryStream(archive), _target, limits ?? ArtifactLimits.Default, CancellationToken.None, isWanted);

    private static async Task<byte[]> PackAsync(string folder)
    {
        using var bytes = new MemoryStream();
        await ArtifactArchive.PackAsync(folder, bytes, CancellationToken.None);
        return bytes.ToArray();
    }

    private string Source(params (string Name, string Content)[] files)
    {
        var source = _folder.CreateSubdirectory("source").FullName;
        foreach (var (name, content) in files)
            File.WriteAllText(Path.Combine(source, name), content);
        return source;
    }

    private IEnumerable<string> Names() => _folder.EnumerateFileSystemInfos().Select(entry => entry.Name);

    private static TestCaseData Bad(string name, params TarEntry[] entries) => new TestCaseData(Of(entries)).SetArgDisplayNames(name);
}
