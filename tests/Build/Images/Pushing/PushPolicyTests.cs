using Slipway.Build.Cli;
using Slipway.Build.Images;
using Slipway.Build.Images.Pushing;
using Slipway.Build.Images.Releases;
using Slipway.Build.Tests.Environments.Reproduction;
using Slipway.Build.Tools;
using Slipway.Registry;

namespace Slipway.Build.Tests.Images.Pushing;

public sealed class PushPolicyTests
{
    private static readonly ImageScan Passed = new("sha256:a", Passed: true, "Nothing was found.", "r", "s", default);

    [Test]
    public void ScannedImagesOfACommitMayGo() => Assert.That(() => PushPolicy.Require(Release(Passed)), Throws.Nothing);

    [Test]
    public void ImageThatWasNotScannedStays() => Assert.That(
        () => PushPolicy.Require(Release(scan: null)),
        Throws.TypeOf<SlipwayException>().With.Message.Contains("'gateway'").And.Message.Contains("was not scanned").And.Message.Contains("--target=ScanImages"));

    [Test]
    public void ScanOfAnotherImageDoesNotCount() => Assert.That(
        () => PushPolicy.Require(Release(Passed with { ImageId = "sha256:b" })),
        Throws.TypeOf<SlipwayException>().With.Message.Contains("sha256:b, but 1.2.3-0123456789ab is sha256:a"));

    [Test]
    public void VerdictNoIsARefusalWithItsReason() => Assert.That(
        () => PushPolicy.Require(Release(Passed with { Passed = false, Verdict = "2 critical." })),
        Throws.TypeOf<RefusedException>().With.Message.Contains("2 critical.").And.Message.Contains("allow them with a reason"));

    [Test]
    public void TreeWithChangesStays() => Assert.That(
        () => PushPolicy.Require(Release(Passed) with { Source = new(RegisteredModel.Commit, Dirty: true) }),
        Throws.TypeOf<SlipwayException>().With.Message.Contains("Commit them"));

    [Test]
    public void TreeWithoutACheckoutStays() => Assert.That(
        () => PushPolicy.Require(Release(Passed) with { Source = GitTool.Unknown }),
        Throws.TypeOf<SlipwayException>().With.Message.Contains("not a git checkout"));

    // the second of the two, so that one that may go is not enough
    private static ReleaseRecord Release(ImageScan? scan) => new(
        "1.2.3-0123456789ab", "1.2.3", new(RegisteredModel.Commit, Dirty: false), default,
        [Image(ImageName.Model, Passed), Image(ImageName.Gateway, scan)]);

    private static ReleaseImage Image(string name, ImageScan? scan) => new(name, $"slipway/{name}", "sha256:a", "content", "base", 1, scan);
}
