using System.Text;
using Slipway.Build.Images.ContainerRegistry;
using Slipway.Registry;

namespace Slipway.Build.Tests.Images.ContainerRegistry;

public sealed class ManifestTests
{
    [Test]
    public void MayLackWhatTheOtherKindHas() =>
        Assert.That(Read("""{"schemaVersion":2,"manifests":[{"mediaType":"m","digest":"sha256:aa","size":1}]}""").Manifests, Has.Count.EqualTo(1));

    [TestCase("""{"schemaVersion":2,"manifests":[null]}""")]
    [TestCase("""{"schemaVersion":2,"manifests":[{"mediaType":"m","size":1}]}""", Description = "without a digest")]
    [TestCase("""{"schemaVersion":2,"config":{"mediaType":"m","digest":null,"size":1}}""")]
    [TestCase("null")]
    public void WithoutDigestsIsReported(string json) =>
        Assert.That(() => Read(json), Throws.TypeOf<SlipwayException>().With.Message.StartsWith("sha256:00 in the registry is not a manifest:"));

    private static OciManifest Read(string json) => new RawOciManifest("sha256:00", "m", Encoding.UTF8.GetBytes(json)).Read("the registry");
}
