using System.Text.Json.Nodes;
using Slipway.Build.Images.Scanning;
using Slipway.Build.Images.Scanning.Gate;
using static Slipway.Build.Tests.Images.Scanning.ScanFixture;

namespace Slipway.Build.Tests.Images.Scanning;

/// <summary>A report of another image, of another day, or of a scan that found no packages is inconclusive: it neither passes nor fails.</summary>
public sealed class ReportRulesTests
{
    [Test]
    public void ReportOfAnotherImageSaysNothingOfThisOne()
    {
        var report = Clean();
        report["Metadata"]!["ImageID"] = "sha256:2222";

        Inconclusive(Evaluate(report), "report image", "sha256:2222");
    }

    [Test]
    public void ReportOfAFolderSaysNothingOfAnImage()
    {
        var report = Clean();
        report["ArtifactType"] = "filesystem";

        Inconclusive(Evaluate(report), "report image", "filesystem");
    }

    [Test]
    public void ReportThatNamesNoImageSaysNothing()
    {
        var report = Clean();
        report.Remove("Metadata");

        Inconclusive(Evaluate(report), "report image", "unknown");
    }

    [Test]
    public void ReportWithoutResultsHasSeenNothing()
    {
        var report = Clean();
        report.Remove("Results");
        var verdict = Evaluate(report);

        Assert.That(verdict.Packages, Is.Zero);
        Inconclusive(verdict, "report system packages", "ubuntu 24.04");
        Inconclusive(verdict, "report programs", "Slipway.Gateway");
    }

    [Test]
    public void BaseWithoutADistributionPassesWhereThePolicySaysSo()
    {
        var report = Clean();
        report["Results"]!.AsArray().RemoveAt(0);
        report["Metadata"]!.AsObject().Remove("OS");

        Inconclusive(Evaluate(report), "report system packages", "no packages of a distribution");
        Assert.That(Evaluate(report, Policy with { SystemPackages = false }).Passed, Is.True);
    }

    [Test]
    public void ModelImageMustShowBothPrograms()
    {
        ScanVerdict Of(params string[] programs) => ScanGate.Evaluate(new ScannedImage(ImageToScan.Of(Model), Read(Clean(programs)), Scanner), Policy, Now);

        Assert.That(Of("Slipway.Inference", "Slipway.Trainer").Passed, Is.True);
        Inconclusive(Of("Slipway.Inference"), "report programs", "Slipway.Trainer");
    }

    [Test]
    public void ProgramWhoseListOfPackagesWasNotUnderstoodWasNotSeen()
    {
        var report = Clean();
        report["Results"]![1]!.AsObject().Remove("Packages");

        Inconclusive(Evaluate(report), "report programs", "Slipway.Gateway");
    }

    [TestCase(24, true)]
    [TestCase(25, false)]
    [TestCase(-1, false)]
    public void ReportCountsForAsLongAsThePolicySays(int hours, bool passes) =>
        Assert.That(Evaluate(Clean(), now: Now.AddHours(hours), scanner: new("0.74.0", new(Now))).Passed, Is.EqualTo(passes));

    [Test]
    public void ReportWithoutATimeMayBeOfAnyDay()
    {
        var report = Clean();
        report.Remove("CreatedAt");

        Inconclusive(Evaluate(report), "report age", "has no date");
    }

    [Test]
    public void OldOrMissingVulnerabilityDataDoesNotPass()
    {
        Inconclusive(Evaluate(Clean(), scanner: new("0.74.0", new(Now.AddDays(-8)))), "report data", "2027-01-07");
        Inconclusive(Evaluate(Clean(), scanner: new("0.74.0", null)), "report data", "has no date");
        Assert.That(Evaluate(Clean(), Policy with { Report = new(24, null) }, scanner: new("0.74.0", null)).Passed, Is.True);
    }

    [Test]
    public void MembersThatWeDoNotKnowArePassedOver()
    {
        var report = Clean();
        report["Results"]![0]!["Licenses"] = new JsonArray(new JsonObject { ["Name"] = "MIT" });
        report["NewInTheNextVersion"] = new JsonObject { ["Deep"] = 1 };

        Assert.That(Evaluate(report).Passed, Is.True);
    }

    private static void Inconclusive(ScanVerdict verdict, string rule, string reason)
    {
        Assert.That(verdict.Outcome, Is.EqualTo(ScanOutcome.Inconclusive));
        Assert.That(verdict.Passed, Is.False);
        Assert.That(verdict.Rule(rule).Outcome, Is.EqualTo(ScanOutcome.Inconclusive));
        Assert.That(verdict.Rule(rule).Reason, Does.Contain(reason));
    }
}
