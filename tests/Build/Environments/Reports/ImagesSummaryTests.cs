using Slipway.Build.Cli.Configuration;
using Slipway.Build.Environments.Reports;
using Slipway.Build.Images.Releases;
using Slipway.Build.Images.Scanning;
using Slipway.Build.Tests.Cli.GitHub;
using Slipway.Build.Tests.Environments.Reproduction;

namespace Slipway.Build.Tests.Environments.Reports;

public sealed class ImagesSummaryTests
{
    private static readonly ReleaseRecord Release = new("1.2.3-abc", "1.2.3", new(RegisteredModel.Commit, Dirty: false), DateTimeOffset.UnixEpoch,
    [
        new("model", "slipway/model:1.2.3-abc", "sha256:1", "c1", "base@sha256:9", 123_400_000, Pushed: new("registry.example/slipway/model", "sha256:a")),
        new("gateway", "slipway/gateway:1.2.3-abc", "sha256:2", "c2", "base@sha256:9", 1, Pushed: new("registry.example/slipway/gateway", "sha256:b")),
    ]);

    private JobFixture _job = null!;

    [SetUp]
    public void Begin() => _job = new();

    [TearDown]
    public void End() => _job.Dispose();

    [Test]
    public void HandsOnWhatWasPushedByDigest()
    {
        _job.Job.SummarizePushed(Release);

        Assert.That(_job.Output.Split('\n').Where(line => !line.StartsWith("end-", StringComparison.Ordinal)).Select(line => line.Split("<<")[0]), Is.EqualTo(new[]
        {
            "tag", "1.2.3-abc", "model", "sha256:a", "model-repository", "registry.example/slipway/model",
            "gateway", "sha256:b", "gateway-repository", "registry.example/slipway/gateway", "",
        }));
        Assert.That(_job.Summary, Does.Contain("| model | sha256:a | registry.example/slipway/model | c1 | `base@sha256:9` | 123 |"));
    }

    [Test]
    public void WhatWasOnlyPackagedIsShownByItsNameHere() =>
        Assert.That(
            ImagesSummary.Report("Packaged", Release.With(Release["model"] with { Pushed = null })).Lines(),
            Has.Member("| model | not pushed | slipway/model:1.2.3-abc | c1 | `base@sha256:9` | 123 |"));

    [Test]
    public void AScanIsShownWhateverItSaidAndItsFolderHandedOn()
    {
        var root = Directory.CreateTempSubdirectory("slipway-scan-");
        try
        {
            var files = new ReleaseFiles(Path.Combine(root.FullName, "artifacts"), "1.2.3-abc");
            var paths = new Paths(root.FullName, root.FullName);
            _job.Job.SummarizeScan(files, paths);
            Assert.That(_job.Summary + _job.Output, Is.Empty, "nothing was scanned");

            Directory.CreateDirectory(files.Folder);
            File.WriteAllText(new ScanFiles(files).Summary, "## Scan\n");
            _job.Job.SummarizeScan(files, paths);

            Assert.That(_job.Summary, Is.EqualTo("## Scan\n\n"));
            Assert.That(_job.Output.Split('\n')[1], Is.EqualTo(Path.Combine("artifacts", "1.2.3-abc")));
        }
        finally
        {
            TestFolder.Remove(root);
        }
    }
}
