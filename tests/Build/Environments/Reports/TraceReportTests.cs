using Slipway.Build.Cli.Output;
using Slipway.Build.Environments.Reports;
using Slipway.Build.Images;
using Slipway.Build.Images.Releases;
using Slipway.Build.Tests.Environments.Reproduction;

namespace Slipway.Build.Tests.Environments.Reports;

public sealed class TraceReportTests
{
    private static readonly string Digest = $"sha256:{new string('a', 64)}";

    private static readonly StoredRelease Release = new(
        "1.2.3-0123456789ab", "1.2.3", new(RegisteredModel.Commit, Dirty: false), [new(ImageName.Model, "r.example.com/model", Digest, "sha256:bill", null)], "ann", default);

    [Test]
    public void LeadsFromThePredictionToImageAndEvidence()
    {
        var said = Show(Digest, Release);

        Assert.That(said, Does.Contain("release").And.Contain("1.2.3-0123456789ab, first deployed by ann"));
        Assert.That(said, Does.Match($"image +r.example.com/model@{Digest}").And.Match("SBOM +r.example.com/model@sha256:bill"));
        Assert.That(said, Does.Match("provenance +none was attached"));
        Assert.That(said, Does.Match($"commit +{RegisteredModel.Commit}"));
    }

    [Test]
    public void VersionThatNoReleaseTrainedSaysNothingOfOne() => Assert.That(Show("8f3a", null), Does.Not.Contain("Training image").And.Match("image +8f3a"));

    private static string Show(string image, StoredRelease? release)
    {
        using var output = new StringWriter();
        var manifest = RegisteredModel.Manifest with { Lineage = RegisteredModel.Manifest.Lineage with { Environment = RegisteredModel.Manifest.Lineage.Environment with { Image = image } } };
        new PlainReport(output, new Outcome(), TimeProvider.System).ShowTrace(
            new(new("pumps", 3, "r", default, default), Authentic: true, null, manifest, null, []), release);
        return output.ToString();
    }
}
