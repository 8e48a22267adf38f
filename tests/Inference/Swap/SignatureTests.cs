using System.Security.Cryptography;
using Slipway.Inference.Tests.Fixtures;
using Slipway.Inference.Tests.Models;
using Slipway.Registry;
using Slipway.Registry.Manifests;
using Slipway.Registry.Predictions;
using Slipway.Registry.Replicas;
using Slipway.Registry.Signing;
using Slipway.Registry.Tests.Artifacts;

namespace Slipway.Inference.Tests.Swap;

public sealed class SignatureTests
{
    private static readonly TestModel Good = new(0.5f);

    [Test]
    public async Task KeepsAVersionOfAnUnknownKeyFromAnsweringAndTakesTheNextSignedOne()
    {
        using var other = NewKey();
        await using var server = await RunningServer.WithModelAsync(Good);
        server.Shop.Signer = other;
        await server.Shop.PublishAsync(new(0.6f));
        await Wait.ForAsync(() => server.State().QuarantineOf(2) is { Attempts: >= 2 }, "the version was tried again");
        Assert.That(server.State().Phase, Is.EqualTo(ServedModelState.Quarantined));
        Assert.That(
            server.State().ToServedModel().Quarantined[^1].Reason,
            Does.Contain("signed by an unknown key").And.Contain(other.Key.Id).And.Contain(ModelShop.Key.Key.Id));
        using (var meanwhile = await server.InferAsync(Answers.Row))
            Assert.That(meanwhile.Header(SlipwayHeaders.ModelVersion), Is.EqualTo("1"));

        server.Shop.Signer = ModelShop.Key;
        await server.Shop.PublishAsync(new(0.75f));
        await server.ServingAsync(3);
    }

    [Test]
    public async Task TrustsAKeyThatCameAfterItStartedAndKeepsItsKeysWhileTheirFileIsAway()
    {
        using var next = NewKey();
        var keys = Path.GetTempFileName();
        await File.WriteAllTextAsync(keys, ModelShop.Key.Key.ToPem());
        await using var server = await RunningServer.WithModelAsync(Good, $"TrustedKeys={keys}");
        File.Delete(keys);
        await server.Shop.PublishAsync(new(0.6f));
        await server.ServingAsync(2);

        await File.WriteAllTextAsync(keys, next.Key.ToPem());
        server.Shop.Signer = next;
        await server.Shop.PublishAsync(new(0.75f));

        await server.ServingAsync(3);
        File.Delete(keys);
    }

    [Test]
    public async Task KeepsAnUnsignedVersionFromAnsweringUntilItIsSigned()
    {
        await using var server = await RunningServer.WithModelAsync(Good);
        await server.Shop.RegisterAsync(new(0.6f));
        var manifest = await ManifestAsync(server, 2);
        File.Delete(FileOf(server, manifest));
        await server.Shop.PointAsync(2);
        await Wait.ForAsync(() => server.State().QuarantineOf(2) is not null, "the version is held back");
        Assert.That(server.State().QuarantineOf(2)!.Reason, Does.Contain("is not signed").And.Contain("--target=Sign"));

        await new ManifestSignatures(server.Inner).SignAsync(manifest, ModelShop.Key, default);

        await server.ServingAsync(2);
    }

    [Test]
    public async Task KeepsAVersionFromAnsweringWhoseManifestWasChangedAfterItWasSigned()
    {
        await using var server = await RunningServer.WithModelAsync(Good);
        await server.Shop.RegisterAsync(new(0.6f));
        var signed = await ManifestAsync(server, 2);
        var changed = new StoredManifest(ModelShop.Model, 2, [.. signed.Bytes, (byte)' ']);
        await File.WriteAllBytesAsync(Path.Combine(server.StoreFolder, changed.Key), changed.Bytes);
        File.Copy(FileOf(server, signed), FileOf(server, changed));
        await server.Shop.PointAsync(2);
        await Wait.ForAsync(() => server.State().QuarantineOf(2) is not null, "the version is held back");

        Assert.That(server.State().QuarantineOf(2)!.Reason, Does.Contain("does not match"));
    }

    // otherwise, a manifest from anybody could block the archive of a valid version
    [Test]
    public async Task HoldsNoArchiveBackForAManifestThatNobodySigned()
    {
        using var other = NewKey();
        await using var server = await RunningServer.WithModelAsync(Good, "RetryAfter=00:05:00");
        var onnx = new TestModel(0.6f).ToOnnx();
        var archive = await PackedArtifact.CreateAsync(onnx, new TestModel(0.6f).ToGolden());
        server.Shop.Signer = other;
        await server.Shop.RegisterAsync(ModelShop.Model, TestModel.Schema, onnx, archive);
        await server.Shop.PointAsync(2);
        await Wait.ForAsync(() => server.State().QuarantineOf(2) is not null, "the version is held back");

        server.Shop.Signer = ModelShop.Key;
        await server.Shop.RegisterAsync(ModelShop.Model, TestModel.Schema, onnx, archive);
        await server.Shop.PointAsync(3);

        await server.ServingAsync(3);
    }

    [TestCase("warn", true)]
    [TestCase("off", false)]
    public async Task LoadsItAllTheSameWhereItNeedNotBeSigned(string mode, bool says)
    {
        using var other = NewKey();
        await using var server = new RunningServer();
        server.Shop.Signer = other;
        await server.Shop.PublishAsync(Good);
        await server.StartAsync($"Signatures={mode}");
        await server.ReadyAsync();

        Assert.That(server.State().ToServedModel().SignatureWarning, says ? Does.Contain("unknown key") : Is.Null);
    }

    [Test]
    public async Task HasNoDoubtOfWhatIsSigned()
    {
        await using var server = await RunningServer.WithModelAsync(Good, "Signatures=warn");

        Assert.That(server.State().ToServedModel().SignatureWarning, Is.Null);
    }

    private static LocalKeySigner NewKey() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    private static async Task<StoredManifest> ManifestAsync(RunningServer server, int version) =>
        (await new ModelVersions(server.Inner).FindAsync(ModelShop.Model, version, default))!;

    private static string FileOf(RunningServer server, StoredManifest manifest) =>
        Path.Combine(server.StoreFolder, StoreKeys.Signature(ModelShop.Model, manifest.Sha256));
}
