using System.Security.Cryptography;
using Slipway.Faults;
using Slipway.Faults.Rules;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Manifests;
using Slipway.Registry.Storage;
using Slipway.Registry.Tests.Artifacts;
using Slipway.Registry.Tests.Storage;

namespace Slipway.Registry.Tests.Faults;

/// <summary>A model is fetched from a store that breaks off, delivers too little, or fails: 120 trials by their seeds.</summary>
public sealed class FetchThroughFaultsTests
{
    private const string Key = "training-jobs/pumps-1-a1/output/model.tar.gz";
    private const int Trials = 40;

    private StoreFolder _folder = null!;
    private ArtifactReference _artifact = null!;
    private int _length;

    [SetUp]
    public async Task StoreAnArchive()
    {
        _folder = new();
        var onnx = OnnxBytes.GoodModel();
        var archive = TarBytes.Of(TarBytes.Regular(ArtifactFiles.Onnx, new MemoryStream(onnx)));
        using var content = new MemoryStream(archive);
        var stored = await _folder.Store.PutAsync(Key, content, PutCondition.None);
        _length = archive.Length;
        _artifact = new(Key, stored!.Version, archive.Length, Convert.ToHexStringLower(SHA256.HashData(archive)), Convert.ToHexStringLower(SHA256.HashData(onnx)));
    }

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [TestCase(FaultKind.ResetInBody)]
    [TestCase(FaultKind.Truncate)]
    [TestCase(FaultKind.SlowDown)]
    public async Task NothingPartialIsAcceptedOrLeft(FaultKind kind)
    {
        var (accepted, injected) = (0, 0);
        for (var seed = 0; seed < Trials; seed++)
        {
            var script = new FaultScript(seed);
            using (var fault = script.Add(new(kind) { Bytes = new Random(seed).Next(_length) }))
            {
                if (await FetchAsync(script))
                    accepted++;
                injected += fault.Injected;
            }

            Assert.That(Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(_folder.Root)!).Where(path => path != _folder.Root), Is.Empty, $"seed {seed}");
        }

        Assert.That((accepted, injected), Is.EqualTo((0, Trials)));
        Assert.That(await FetchAsync(new(seed: 0)), Is.True, "the control: the same without a fault");
    }

    private async Task<bool> FetchAsync(FaultScript script)
    {
        try
        {
            await new ArtifactFetcher(new FaultInjectingStore(_folder.Store, script, TimeProvider.System)).FetchAsync(_artifact, _folder.Beside("model"), CancellationToken.None);
            return true;
        }
        catch (SlipwayException)
        {
            return false;
        }
    }
}
