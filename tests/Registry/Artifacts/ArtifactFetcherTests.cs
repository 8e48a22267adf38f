using System.Security.Cryptography;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Manifests;
using Slipway.Registry.Storage;
using Slipway.Registry.Tests.Storage;

namespace Slipway.Registry.Tests.Artifacts;

public sealed class ArtifactFetcherTests
{
    private const string Key = "training-jobs/m-1-a1/output/model.tar.gz";

    private StoreFolder _folder = null!;
    private string _target = null!;
    private byte[] _archive = null!;
    private ArtifactReference _registered = null!;

    [SetUp]
    public async Task RegisterAnArchive()
    {
        _folder = new();
        _target = _folder.Beside("cache/model");
        Directory.CreateDirectory(_folder.Beside("cache"));
        (_archive, _registered) = await PackAsync(OnnxBytes.GoodModel());
    }

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task BringsTheRegisteredModel()
    {
        await FetchAsync(_archive);

        Assert.That(await File.ReadAllBytesAsync(Path.Combine(_target, ArtifactFiles.Onnx)), Is.EqualTo(OnnxBytes.GoodModel()));
        Assert.That(Cache(), Is.EqualTo(new[] { "model" }), "and nothing else");
    }

    [Test]
    public void RejectsEachOf200FlippedBits()
    {
        var random = new Random(4711);
        for (var trial = 0; trial < 200; trial++)
        {
            byte[] flipped = [.. _archive];
            var bit = random.Next(flipped.Length * 8);
            flipped[bit / 8] ^= (byte)(1 << bit % 8);

            Assert.That(() => FetchAsync(flipped), Throws.InstanceOf<InvalidArtifactException>(), $"bit {bit}");
            Assert.That(Cache(), Is.Empty, $"bit {bit}");
        }
    }

    [TestCase(1)]
    [TestCase(8)]
    [TestCase(64)]
    [TestCase(null)]
    public void RejectsATruncatedArchive(int? cut)
    {
        Assert.That(() => FetchAsync(_archive[..^(cut ?? _archive.Length / 2)]), Throws.InstanceOf<InvalidArtifactException>().With.Message.Contains("registered"));
        Assert.That(Cache(), Is.Empty);
    }

    [Test]
    public void RejectsAnEmptyArchive()
    {
        Assert.That(() => FetchAsync([]), Throws.InstanceOf<InvalidArtifactException>());
        Assert.That(Cache(), Is.Empty);
    }

    [Test]
    public void RejectsAnArchiveThatGrew() =>
        Assert.That(() => FetchAsync([.. _archive, 0]), Throws.InstanceOf<InvalidArtifactException>().With.Message.Contains("more than"));

    [Test]
    public void RejectsAnotherModelThanTheRegistered()
    {
        _registered = _registered with { OnnxSha256 = new string('0', 64) };

        Assert.That(() => FetchAsync(_archive), Throws.InstanceOf<InvalidArtifactException>().With.Message.Contains(ArtifactFiles.Onnx));
        Assert.That(Cache(), Is.Empty);
    }

    [Test]
    public async Task RejectsARegisteredModelWithExternalData()
    {
        (_archive, _registered) = await PackAsync(OnnxBytes.Model(OnnxBytes.Field(5, OnnxBytes.ExternalTensor())));

        Assert.That(() => FetchAsync(_archive), Throws.InstanceOf<InvalidArtifactException>().With.Message.Contains("external data"));
        Assert.That(Cache(), Is.Empty);
    }

    [Test]
    public void SaysWhenTheArchiveIsNotInTheStore() =>
        Assert.That(
            () => new ArtifactFetcher(_folder.Store).FetchAsync(_registered, _target, CancellationToken.None),
            Throws.InstanceOf<InvalidArtifactException>().With.Message.Contains(Key).And.Message.Contains("is not in the store"));

    private async Task FetchAsync(byte[] stored)
    {
        var info = await _folder.Store.PutAsync(Key, new MemoryStream(stored), PutCondition.None);
        await new ArtifactFetcher(_folder.Store).FetchAsync(_registered with { Version = info!.Version }, _target, CancellationToken.None);
    }

    private string?[] Cache() => [.. Directory.GetFileSystemEntries(_folder.Beside("cache")).Select(Path.GetFileName)];

    private async Task<(byte[] Archive, ArtifactReference Reference)> PackAsync(byte[] onnx)
    {
        var source = Directory.CreateDirectory(_folder.Beside("source")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(source, ArtifactFiles.Onnx), onnx);
        await File.WriteAllTextAsync(Path.Combine(source, ArtifactFiles.ModelCard), string.Concat(Enumerable.Range(0, 500)));
        using var bytes = new MemoryStream();
        await ArtifactArchive.PackAsync(source, bytes, CancellationToken.None);
        var archive = bytes.ToArray();
        return (archive, new(Key, "", archive.Length, Sha256(archive), Sha256(onnx)));
    }

    private static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
