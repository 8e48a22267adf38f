using System.Formats.Tar;
using System.Text;
using CsCheck;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Tests.Artifacts;
using Slipway.Tests.Properties;
using static Slipway.Registry.Tests.Artifacts.TarBytes;

namespace Slipway.Registry.Tests.Properties;

public sealed class ArchiveProperties
{
    private static readonly ArtifactLimits Limits = new(Entries: 6, BytesPerFile: 32 * 1024, Bytes: 64 * 1024);

    private static readonly byte[][] Archives =
    [
        TarBytes.Of(Regular("model.onnx", "weights"), Regular("golden.json", "[]"), Regular("empty.txt", "")),
        TarBytes.Of(Folder("."), Regular("./model.onnx", new string('w', 3000))),
        Gzip([.. Extended("size", "7"), .. Header("model.onnx", '0', Octal(7)), .. "weights"u8, .. new byte[505], .. new byte[1024]]),
        Gzip([.. Extended("comment", "x", 'g'), .. Header("model.onnx", '0', [0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7]), .. "weights"u8, .. new byte[505], .. new byte[1024]]),
        TarBytes.Of(new GnuTarEntry(TarEntryType.RegularFile, new string('n', 100)) { DataStream = new MemoryStream("gnu"u8.ToArray()) }),
    ];

    private static readonly string[] OddNames =
        ["../out", "..", ".", "/tmp/slipway-out", "a/../../out", "folder/model.onnx", "a\\b", "..\\out", "C:out", "model.onnx/", "./../out", " ", "a b", "-rf", ".hidden", "a\nb", "nul\u0001"];

    private static readonly Gen<byte[]> OddlyNamed = Gen.Select(Gen.OneOf(OddNames), Gen.OneOf('0', '\0', '5'), (name, type) =>
    {
        byte[] content = type == '5' ? [] : [.. "out"u8, .. new byte[509]];
        return Gzip([.. Header(name, type, Octal(type == '5' ? 0 : 3)), .. content, .. new byte[1024]]);
    });

    // what is compressed is edited, and its header's checksum corrected, so that a damage gets past both
    private static readonly Gen<byte[]> Damaged = Gen.Frequency(
        (1, OddlyNamed),
        (1, Edited.Of(Archives)),
        (2, Edited.Of([.. Archives.Select(Gunzip)]).Select(Gzip)),
        (3, Edited.Of([.. Archives.Select(Gunzip)]).Select(tar => Gzip(WithChecksums(tar)))));

    private DirectoryInfo _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("slipway-archives-");

    [TearDown]
    public void DeleteFolder() => TestFolder.Remove(_folder);

    [Test]
    public Task IsUnpackedIntoItsFolderOrNotAtAll()
    {
        var number = 0;
        return Property.HoldsAsync(Damaged, 300, async archive =>
        {
            var place = _folder.CreateSubdirectory($"{++number}");
            var target = Path.Combine(place.FullName, "target");
            try
            {
                await ArtifactArchive.UnpackAsync(new MemoryStream(archive), target, Limits, CancellationToken.None);
                Assert.That(place.EnumerateFileSystemInfos().Select(entry => entry.Name), Is.EqualTo(new[] { "target" }));
                Assert.That(new DirectoryInfo(target).EnumerateFileSystemInfos().Select(entry => entry.Name), Has.All.Matches(@"^[A-Za-z0-9][A-Za-z0-9._-]*\z"));
                Assert.That(new DirectoryInfo(target).EnumerateFileSystemInfos("*", SearchOption.AllDirectories), Has.All.InstanceOf<FileInfo>().And.All.Matches<FileInfo>(file => IsPlain(file!)));
            }
            catch (InvalidArtifactException e)
            {
                Assert.That(e.Message, Is.Not.Empty.And.Not.Contain("   at "));
                Assert.That(place.EnumerateFileSystemInfos(), Is.Empty, "nothing is left of it");
            }
            finally
            {
                TestFolder.Remove(place);
            }
        }, archive => Edited.Show(TryGunzip(archive)));
    }

    [Test]
    public Task IsUnpackedAsItWasPacked()
    {
        var number = 0;
        var name = Gen.Select(Gen.Char.AlphaNumeric, Gen.String[Gen.Char["abcXYZ019._-"], 0, 99], (first, rest) => $"{first}{rest}");
        return Property.HoldsAsync(Gen.Dictionary(name.Select(one => one.ToLowerInvariant()), Gen.Byte.Array[0, 1500])[1, 5], 40, async files =>
        {
            var place = _folder.CreateSubdirectory($"{++number}");
            var (source, target) = (place.CreateSubdirectory("source").FullName, Path.Combine(place.FullName, "target"));
            foreach (var (file, content) in files)
                await File.WriteAllBytesAsync(Path.Combine(source, file), content);
            using var archive = new MemoryStream();
            await ArtifactArchive.PackAsync(source, archive, CancellationToken.None);
            archive.Position = 0;

            await ArtifactArchive.UnpackAsync(archive, target, Limits, CancellationToken.None);

            Assert.That(Directory.GetFiles(target).ToDictionary(file => Path.GetFileName(file), File.ReadAllBytes), Is.EquivalentTo(files));
            TestFolder.Remove(place);
        }, files => string.Join(", ", files.Select(file => $"{file.Key}: {file.Value.Length} bytes")));
    }

    private static bool IsPlain(FileInfo file) => file.LinkTarget is null && file.Length <= Limits.BytesPerFile && file.Name.Length <= 100;

    private static byte[] WithChecksums(byte[] tar)
    {
        byte[] blocks = [.. tar];
        for (var at = 0; at + 512 <= blocks.Length; at += 512)
            if (Encoding.ASCII.GetString(blocks, at + 257, 5) == "ustar")
                Sealed(blocks[at..(at + 512)]).CopyTo(blocks, at);
        return blocks;
    }

    private static byte[] TryGunzip(byte[] archive)
    {
        try
        {
            return Gunzip(archive);
        }
        catch (InvalidDataException)
        {
            return archive;
        }
    }
}
