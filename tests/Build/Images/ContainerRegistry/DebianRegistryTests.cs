using Slipway.Build.Images.ContainerRegistry;
using Slipway.Build.Images.ContainerRegistry.Credentials;
using Slipway.Build.Images.Pushing;
using Slipway.Build.Tests.Images.Pushing;
using Slipway.Registry;

namespace Slipway.Build.Tests.Images.ContainerRegistry;

/// <summary>The same client against a registry that others wrote, which keeps no list of referrers.</summary>
public sealed class DebianRegistryTests
{
    private static readonly byte[] Configuration = PushFixture.Configuration("content of model");

    private DebianRegistry? _registry;
    private DebianRegistry? _asking;

    [OneTimeSetUp]
    public void Start() => (_registry, _asking) = (new(asks: false), new(asks: true));

    [OneTimeTearDown]
    public void Stop()
    {
        _registry?.Dispose();
        _asking?.Dispose();
    }

    [Test]
    public async Task ImageComesBackByTagAndByDigest()
    {
        using var client = Client(_registry!, "image");
        var digest = await PutImageAsync(client);

        Assert.That(await RegistryImage.FindAsync(client, "1.0", default), Has.Property("Digest").EqualTo(digest).And.Property("Content").EqualTo("content of model"));
        Assert.That((await client.FindManifestAsync(digest, default))!.Digest, Is.EqualTo(digest));
    }

    [Test]
    public async Task MissingTagHasNoDigest()
    {
        using var client = Client(_registry!, "nothing");
        Assert.That(await client.FindManifestAsync("1.0", default), Is.Null);
    }

    [Test]
    public async Task EvidenceIsListedUnderTheTagOfTheDigest()
    {
        using var client = Client(_registry!, "evidence");
        await PutImageAsync(client);
        var image = (await RegistryImage.FindAsync(client, "1.0", default))!;
        Attachment[] evidence = [new("sbom", MediaTypes.CycloneDx, "a", "{\"a\":1}"u8.ToArray()), new("provenance", MediaTypes.InToto, "b", "{\"b\":1}"u8.ToArray())];
        var attachments = new ImageAttachments(client);

        Assert.That(await client.FindReferrersAsync(image.Digest, default), Is.Null, "this registry is of before the list");
        Assert.That(await attachments.AttachAsync(image.Manifest, "1.0", evidence, default), Is.EqualTo(evidence));
        Assert.That(await attachments.AttachAsync(image.Manifest, "1.0", evidence, default), Is.Empty);
        var index = (await client.FindManifestAsync(image.Digest.Replace(':', '-'), default))!.Read("x");
        Assert.That(index.Manifests!.Select(one => one.ArtifactType), Is.EqualTo(new[] { MediaTypes.CycloneDx, MediaTypes.InToto }));
    }

    [Test]
    public void ManifestOfWhatIsNotThereIsRefusedInItsWords()
    {
        using var client = Client(_registry!, "broken");
        Assert.That(
            () => client.PutManifestAsync("1.0", Manifest(), MediaTypes.OciManifest, default),
            Throws.TypeOf<SlipwayException>().With.Message.Contains("MANIFEST_BLOB_UNKNOWN"));
    }

    [Test]
    public async Task WhoHasThePasswordComesIn()
    {
        using var client = Client(_asking!, "image", new(DebianRegistry.User, DebianRegistry.Password, "the test"));
        Assert.That(await PutImageAsync(client), Does.StartWith("sha256:"));
    }

    [TestCase(null, "requires credentials")]
    [TestCase("wrong", "denies 'ann'")]
    public void WhoHasNotDoesNot(string? password, string expected)
    {
        using var client = Client(_asking!, "image", password is null ? null : new(DebianRegistry.User, password, "the test"));
        Assert.That(() => client.FindManifestAsync("1.0", default), Throws.TypeOf<SlipwayException>().With.Message.Contains(expected));
    }

    private static RegistryClient Client(DebianRegistry registry, string repository, RegistryCredentials? credentials = null) =>
        new(new(registry.Host, $"slipway/{repository}"), credentials, TimeProvider.System);

    private static byte[] Manifest() => new OciManifest(
        2, MediaTypes.OciManifest, null, Descriptor.Of(Configuration, "application/vnd.oci.image.config.v1+json"),
        [Descriptor.Of("a layer"u8.ToArray(), "application/vnd.oci.image.layer.v1.tar")]).ToBytes();

    private static async Task<string> PutImageAsync(RegistryClient client)
    {
        await client.PutBlobAsync(Configuration, default);
        await client.PutBlobAsync("a layer"u8.ToArray(), default);
        return (await client.PutManifestAsync("1.0", Manifest(), MediaTypes.OciManifest, default)).Digest;
    }
}
