using System.Text.Json.Nodes;
using Slipway.Registry.Manifests;
using Slipway.Registry.Signing;
using Slipway.Registry.Tests.Manifests;
using Slipway.Registry.Tests.Storage;

namespace Slipway.Registry.Tests.Signing;

public sealed class RegisteredSignatureTests
{
    private static readonly SignaturePolicy Enforced = new(SignatureMode.Enforce, new([SampleManifests.Signer.Key]));

    private StoreFolder _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task SaysWhichBytesAreMeantAndHowTheyCameAbout()
    {
        await RegisterAsync();
        var manifest = (await new ModelVersions(_folder.Store).FindAsync(SampleManifests.Model, 1, default))!;
        var statement = await StatementAsync(manifest);
        var lineage = manifest.Parse().Lineage;

        Assert.That(statement["_type"]!.GetValue<string>(), Is.EqualTo("https://in-toto.io/Statement/v1"));
        Assert.That(statement["predicateType"]!.GetValue<string>(), Is.EqualTo("https://slsa.dev/provenance/v1"));
        Assert.That(
            statement["subject"]!.AsArray().Select(subject => (subject!["name"]!.GetValue<string>(), subject["digest"]!["sha256"]!.GetValue<string>())),
            Is.EqualTo(new[]
            {
                ("models/pumps/versions/0000000001.json", manifest.Sha256),
                (manifest.Parse().Artifact.Key, manifest.Parse().Artifact.Sha256),
                ("model.onnx", manifest.Parse().Artifact.OnnxSha256),
            }));
        var predicate = statement["predicate"]!;
        var parameters = predicate["buildDefinition"]!["externalParameters"]!;
        Assert.That(parameters["dataset"]!["digest"]!["sha256"]!.GetValue<string>(), Is.EqualTo(lineage.Dataset.Sha256));
        Assert.That(parameters["dataset"]!["annotations"]!["version"]!.GetValue<string>(), Is.EqualTo(lineage.Dataset.Version));
        Assert.That(predicate["buildDefinition"]!["resolvedDependencies"]!.AsArray().Select(one => one!["name"]!.GetValue<string>()), Has.Exactly(3).Items);
        Assert.That(predicate["runDetails"]!["metadata"]!["invocationId"]!.GetValue<string>(), Is.EqualTo(lineage.TrainingJob));
    }

    [Test]
    public async Task IsReadWithItsKeyAndRefusedWithout()
    {
        await RegisterAsync();
        Assert.That((await Enforced.ReadAsync(_folder.Store, SampleManifests.Model, 1, default))!.SignedBy!.Id, Is.EqualTo(SampleManifests.Signer.Key.Id));

        File.Delete(await FileOfSignatureAsync());

        Assert.That(() => Enforced.ReadAsync(_folder.Store, SampleManifests.Model, 1, default), Throws.TypeOf<SignatureException>());
        var warned = (await (Enforced with { Mode = SignatureMode.Warn }).ReadAsync(_folder.Store, SampleManifests.Model, 1, default))!;
        Assert.That((warned.SignedBy, warned.SignatureWarning!.Problem, warned.Manifest.Version), Is.EqualTo(((TrustedKey?)null, SignatureProblem.NotSigned, 1)));
        Assert.That((await SignaturePolicy.Off.ReadAsync(_folder.Store, SampleManifests.Model, 1, default))!.SignatureWarning, Is.Null);
    }

    [Test]
    public async Task IsUnreadableWhereItIsLongerThanAny()
    {
        await RegisterAsync();
        await File.WriteAllBytesAsync(await FileOfSignatureAsync(), new byte[1024 * 1024 + 1]);

        Assert.That(
            () => Enforced.ReadAsync(_folder.Store, SampleManifests.Model, 1, default),
            Throws.TypeOf<SignatureException>().With.Property("Problem").EqualTo(SignatureProblem.Unreadable));
    }

    [TestCase(1)]
    [TestCase(2 * 1024 * 1024, Description = "longer than any")]
    public async Task ReplacesAnEnvelopeThatIsNone(int length)
    {
        await RegisterAsync();
        await File.WriteAllTextAsync(await FileOfSignatureAsync(), new string('{', length));
        var manifest = (await new ModelVersions(_folder.Store).FindAsync(SampleManifests.Model, 1, default))!;

        await new ManifestSignatures(_folder.Store).SignAsync(manifest, SampleManifests.Signer, default);

        Assert.That(() => Enforced.ReadAsync(_folder.Store, SampleManifests.Model, 1, default), Throws.Nothing);
    }

    [Test]
    public void IsNotAskedForWhereThereIsNoVersion() =>
        Assert.That(() => Enforced.ReadAsync(_folder.Store, SampleManifests.Model, 7, default), Is.Null);

    private Task<ModelManifest> RegisterAsync() =>
        new ModelVersions(_folder.Store).RegisterAsync(SampleManifests.Model, version => SampleManifests.Create(version), SampleManifests.Signer, default);

    private async Task<string> FileOfSignatureAsync() =>
        _folder.FileOf(StoreKeys.Signature(SampleManifests.Model, (await new ModelVersions(_folder.Store).Sha256Async(SampleManifests.Model, 1, default))!));

    private async Task<JsonNode> StatementAsync(StoredManifest manifest)
    {
        var envelope = JsonNode.Parse((await new ManifestSignatures(_folder.Store).FindAsync(manifest, default))!.Bytes)!;
        return JsonNode.Parse(Convert.FromBase64String(envelope["payload"]!.GetValue<string>()))!;
    }
}
