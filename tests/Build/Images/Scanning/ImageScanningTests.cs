using System.Text.Json;
using Slipway.Build.Cli;
using Slipway.Build.Images;
using Slipway.Build.Images.Releases;
using Slipway.Build.Images.Scanning.NuGet;
using Slipway.Registry;
using static Slipway.Build.Tests.Images.Scanning.ScanFixture;

namespace Slipway.Build.Tests.Images.Scanning;

/// <summary>The whole target but for Cake, with processes: the scanner's place is taken by a script.</summary>
public sealed class ImageScanningTests
{
    private StandInScanner _scanner = null!;

    [SetUp]
    public void SetUp() => _scanner = new();

    [TearDown]
    public void TearDown() => _scanner.Dispose();

    [Test]
    public void CleanReleasePassesAndLeavesItsDocuments()
    {
        _scanner.Scan();

        foreach (var image in _scanner.Files.Read().Images)
        {
            Assert.That(image.Scan, Has.Property(nameof(ImageScan.Passed)).True.And.Property(nameof(ImageScan.ImageId)).EqualTo(image.Id));
            Assert.That(image.Scan!.Scanner, Is.EqualTo("trivy 0.74.0-standin"));
            Assert.That(image.Scan.Report, Has.Length.EqualTo(64));
            using var bill = JsonDocument.Parse(_scanner.Text($"{image.Name}.cdx.json"));
            Assert.That(bill.RootElement.GetProperty("components").EnumerateArray().Select(one => one.GetProperty("name").GetString()), Does.Contain("libc6"));
            Assert.That(_scanner.Text($"{image.Name}.sarif"), Does.Contain("\"version\": \"2.1.0\""));
        }

        Assert.That(_scanner.Text("scan.md"), Does.Contain("| pass | model | 3 |").And.Contain("| pass | gateway | 2 |").And.Contain("| pass | NuGet packages of 26 projects |  | 0 |"));
    }

    [Test]
    public void SeededFindingRefusesTheReleaseAfterEverythingIsEvaluatedAndWritten()
    {
        _scanner.FindsVulnerability(Model.Local, "CRITICAL");

        Assert.That(_scanner.Scan, Throws.TypeOf<RefusedException>().With.Message.Contains("model: FAIL vulnerabilities critical fixable 1 (<= 0)"));
        var record = _scanner.Files.Read();
        Assert.That(record[ImageName.Model].Scan!.Passed, Is.False);
        Assert.That(record[ImageName.Gateway].Scan!.Passed, Is.True);
        Assert.That(_scanner.Text("model.sarif"), Does.Contain("CVE-2027-1"));
        Assert.That(_scanner.Text("scan.md"), Does.Contain("[CVE-2027-1](https://example.org/CVE-2027-1) | libc6 | 2.39 | 2.40 | heap \\| overflow |"));
    }

    [Test]
    public void VerdictOfBeforeDoesNotOutliveAScanThatFails()
    {
        _scanner.Scan();
        _scanner.Fails("init error: DB error: failed to download vulnerability DB");

        Assert.That(_scanner.Scan, Throws.TypeOf<SlipwayException>().With.Message.Contains("TRIVY_DB_REPOSITORY"));
        Assert.That(_scanner.Files.Read().Images.Select(image => image.Scan), Is.All.Null);
        Assert.That(Directory.EnumerateFiles(_scanner.Files.Folder).Select(Path.GetFileName), Is.EqualTo(new[] { "release.json" }));
    }

    [Test]
    public void ReportOfAnotherImageFailsAndRefusesNothing()
    {
        _scanner.Finds(ScanFixture.Gateway.Local, value: new System.Text.Json.Nodes.JsonObject { ["ImageID"] = "sha256:2222" });

        var failure = Assert.Catch(_scanner.Scan)!;
        Assert.That(failure, Is.TypeOf<SlipwayException>().With.Message.Contains("gateway: INCONCLUSIVE report image"));
        Assert.That(_scanner.Files.Read()[ImageName.Gateway].Scan!.Passed, Is.False);
    }

    [Test]
    public void PackagesThatNobodyCouldAuditKeepBothImagesFromPassing()
    {
        _scanner.Audit = NuGetAudit.Unanswered(["https://feed.example"], "It has no data.");

        Assert.That(_scanner.Scan, Throws.TypeOf<SlipwayException>().With.Message.Contains("NuGet packages of 0 projects: INCONCLUSIVE audit data"));
        Assert.That(_scanner.Files.Read().Images.Select(image => image.Scan!.Passed), Is.All.False);
    }

    [Test]
    public void AllowedLineThatMatchesNothingIsToldAndRefusesNothing()
    {
        _scanner.Policy = Policy with { Allow = [new("CVE-1999-1", "long gone", new(9999, 1, 1))] };
        _scanner.Scan();

        Assert.That(_scanner.Output.ToString(), Does.Contain("WARN allowed CVE-1999-1"));
        Assert.That(_scanner.Text("scan.md"), Does.Contain("CVE-1999-1"));
    }

    [Test]
    public void PolicyIsNamedWhereItJudges()
    {
        _scanner.Policy = Policy with { File = "team/policy.json" };
        _scanner.Scan();
        Assert.That(_scanner.Output.ToString(), Does.Contain("Policy: team/policy.json."));
        Assert.That(_scanner.Text("scan.md"), Does.Contain("Policy: team/policy.json."));

        _scanner.FindsVulnerability(Model.Local, "CRITICAL");
        Assert.That(_scanner.Scan, Throws.TypeOf<RefusedException>().With.Message.Contains("more than team/policy.json allows"));
    }

    [Test]
    public void ReleaseThatWasNotPackagedIsNotScanned()
    {
        TestFolder.Remove(_scanner.Files.Folder);

        Assert.That(_scanner.Scan, Throws.TypeOf<SlipwayException>().With.Message.Contains("--target=PackageImages"));
    }
}
