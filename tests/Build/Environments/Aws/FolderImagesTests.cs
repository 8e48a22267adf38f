using System.Text.Json;
using Slipway.Build.Environments.Aws;

namespace Slipway.Build.Tests.Environments.Aws;

public sealed class FolderImagesTests
{
    [Test]
    public void ManifestNamesWhatToRunForEachWord()
    {
        var manifest = JsonDocument.Parse(FolderImages.Manifest("abc", new Dictionary<string, string> { ["train"] = "/r/t.dll", ["serve"] = "/r/s.dll" })).RootElement;

        Assert.That(manifest.GetProperty("annotations").GetProperty("dev.slipway.entry.train").GetString(), Is.EqualTo("/r/t.dll"));
        Assert.That(manifest.GetProperty("annotations").GetProperty("dev.slipway.release").GetString(), Is.EqualTo("abc"));
    }

    [Test]
    public void SameReleaseIsTheSameBytesInAnyOrder() => Assert.That(
        FolderImages.Manifest("abc", new Dictionary<string, string> { ["train"] = "/t", ["serve"] = "/s" }),
        Is.EqualTo(FolderImages.Manifest("abc", new Dictionary<string, string> { ["serve"] = "/s", ["train"] = "/t" })));

    [Test]
    public void AnotherReleaseIsAnotherManifest() => Assert.That(
        FolderImages.Manifest("abc", new Dictionary<string, string> { ["default"] = "/g" }),
        Is.Not.EqualTo(FolderImages.Manifest("abd", new Dictionary<string, string> { ["default"] = "/g" })));
}
