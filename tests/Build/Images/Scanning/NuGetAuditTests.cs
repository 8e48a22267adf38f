using System.Xml.Linq;
using Slipway.Build.Images.Scanning.Gate;
using Slipway.Build.Images.Scanning.NuGet;
using Slipway.Build.Images.Scanning.Policy;
using Slipway.Build.Images.Scanning.Reports;
using Slipway.Build.Tests.Environments.Fleets;
using Slipway.Build.Tests.Tools;
using Slipway.Registry;
using static Slipway.Build.Tests.Images.Scanning.ScanFixture;

namespace Slipway.Build.Tests.Images.Scanning;

public sealed class NuGetAuditTests
{
    private const string Clean = """{ "version": 1, "sources": ["https://feed.example/index.json"], "projects": [{ "path": "A.csproj" }, { "path": "B.csproj" }] }""";

    private const string Vulnerable = """
        { "version": 1, "projects": [{ "path": "A.csproj", "frameworks": [{ "framework": "net10.0",
          "topLevelPackages": [{ "id": "Newtonsoft.Json", "requestedVersion": "12.0.3", "resolvedVersion": "12.0.3",
            "vulnerabilities": [{ "severity": "High", "advisoryurl": "https://github.com/advisories/GHSA-5crp-9r3c-p9vr" }] }],
          "transitivePackages": [{ "id": "Other", "resolvedVersion": "1.0.0", "vulnerabilities": [{ "severity": "Moderate", "advisoryurl": "https://github.com/advisories/GHSA-2" }] }] }] },
          { "path": "B.csproj", "frameworks": [{ "topLevelPackages": [{ "id": "Newtonsoft.Json", "resolvedVersion": "12.0.3",
            "vulnerabilities": [{ "severity": "High", "advisoryurl": "https://github.com/advisories/GHSA-5crp-9r3c-p9vr" }] }] }] }] }
        """;

    // what the SDK prints where the feed has no such data: its exit code is 0, and every project is listed as clean
    private const string NoData = """
        { "version": 1, "problems": [
            { "project": "A.csproj", "level": "warning", "text": "Audit source 'audit1' did not provide any vulnerability data." },
            { "project": "B.csproj", "level": "warning", "text": "Audit source 'audit1' did not provide any vulnerability data." }],
          "projects": [{ "path": "A.csproj", "frameworks": [{ "framework": "net10.0", "topLevelPackages": [] }] }, { "path": "B.csproj" }] }
        """;

    [Test]
    public void PackagesWithoutFindingsPassWhereTheFeedHasData()
    {
        var verdict = ScanGate.Evaluate(Read(Clean), Policy, Now);

        Assert.That(verdict.Outcome, Is.EqualTo(ScanOutcome.Passed));
        Assert.That(verdict.Subject, Is.EqualTo("NuGet packages of 2 projects"));
    }

    [Test]
    public void VulnerablePackageIsRefusedOnceWhicheverProjectsUseIt()
    {
        var verdict = ScanGate.Evaluate(Read(Vulnerable), Policy, Now);

        Assert.That(verdict.Rule("vulnerabilities high fixable").ToString(), Does.StartWith("FAIL vulnerabilities high fixable 1 (<= 0)"));
        Assert.That(verdict.Rule("vulnerabilities medium fixable").Value, Is.EqualTo(1), "NuGet says moderate");
        Assert.That(verdict.Findings[0], Has.Property(nameof(ScanFinding.Id)).EqualTo("GHSA-5crp-9r3c-p9vr").And.Property(nameof(ScanFinding.Installed)).EqualTo("12.0.3"));
    }

    [Test]
    public void FeedWithoutDataIsNoPass()
    {
        var verdict = ScanGate.Evaluate(Read(NoData), Policy, Now);

        Assert.That(verdict.Outcome, Is.EqualTo(ScanOutcome.Inconclusive));
        Assert.That(verdict.Rule("audit data").Reason, Does.Contain("'https://feed.example/index.json' did not provide any vulnerability data").And.Contain("--Scan_AuditSource=").And.Contain("\"noData\": \"warn\""));
    }

    [Test]
    public void FeedWithoutDataIsAWarningWhereThePolicySaysSo()
    {
        var verdict = ScanGate.Evaluate(Read(NoData), Policy with { NuGet = new(NoDataPolicy.Warn) }, Now);

        Assert.That(verdict.Outcome, Is.EqualTo(ScanOutcome.Warned));
        Assert.That(verdict.Passed, Is.True);
        Assert.That(verdict.Summary, Is.EqualTo("5 of 6 rules passed, 1 warned."));
        Assert.That(verdict.Rule("audit data").Reason, Does.EndWith("The packages are not audited. build/scan-policy.json accepts the image's own scan instead."));
    }

    [Test]
    public void WarningNeverCoversWhatAnotherFeedHasFound()
    {
        var both = Read(Vulnerable) with { NoData = ["Audit source 'audit2' did not provide any vulnerability data."] };

        Assert.That(ScanGate.Evaluate(both, Policy with { NuGet = new(NoDataPolicy.Warn) }, Now).Outcome, Is.EqualTo(ScanOutcome.Failed));
    }

    [Test]
    public void AuditOfNoProjectIsNoPass() =>
        Assert.That(ScanGate.Evaluate(Read("""{ "version": 1, "projects": [] }"""), Policy, Now).Outcome, Is.EqualTo(ScanOutcome.Inconclusive));

    [TestCase("error: something else")]
    [TestCase("{ \"version\": 2, \"projects\": [] }")]
    [TestCase("{ \"version\": 1 }")]
    [TestCase("{ \"version\": 1, \"projects\": [")]
    [TestCase("""{ "version": 1, "projects": [null] }""")]
    [TestCase("""{ "version": 1, "problems": [null], "projects": [] }""")]
    public void WhatIsNoReportIsRefused(string printed) =>
        Assert.That(() => Read(printed), Throws.TypeOf<SlipwayException>().With.Message.Contains("dotnet list package"));

    [Test]
    public void SeverityThatNobodyKnowsIsNoVerdict() =>
        Assert.That(() => Read(Vulnerable.Replace("Moderate", "Dire")), Throws.TypeOf<SlipwayException>().With.Message.Contains("Dire"));

    [Test]
    public void FeedsThatPackagesComeFromAreAskedUnlessOneIsNamed()
    {
        var context = new RecordingCakeContext();
        context.Answer(0, "E https://feed.example/v3/index.json", "D https://off.example/v3/index.json", "EM https://machine.example/v3/index.json", "E /srv/packages");
        context.Answer(0);
        context.Answer(0, Clean);
        var audit = new NuGetTool(context, default).Audit("/repository/Slipway.slnx", null);

        Assert.That(audit.Sources, Is.EqualTo(new[] { "https://feed.example/v3/index.json", "https://machine.example/v3/index.json" }));
        Assert.That(context.CommandLines[^1], Does.StartWith("dotnet \"list\" \"/repository/Slipway.slnx\" \"package\" \"--vulnerable\" \"--include-transitive\" \"--format\" \"json\" \"--no-restore\" \"--config\""));
    }

    [Test]
    public void FeedThatDoesNotAnswerLeavesThePackagesUnaudited()
    {
        var context = new RecordingCakeContext();
        context.Answer(0);
        context.Answer(1, "error: Unable to load the service index for source https://feed.example/v3/index.json.", "error:   Connection refused");
        var audit = new NuGetTool(context, default).Audit("/repository/Slipway.slnx", "https://feed.example/v3/index.json");

        Assert.That(ScanGate.Evaluate(audit, Policy, Now).Rule("audit data").ToString(), Does.StartWith("INCONCLUSIVE").And.Contains("Connection refused"));
    }

    [Test]
    public void FailureThatIsNoFeedSIsOne()
    {
        var context = new RecordingCakeContext();
        context.Answer(0);
        context.Answer(1, "error: No assets file was found for `A.csproj`. Please run restore before running this command.");

        Assert.That(
            () => new NuGetTool(context, default).Audit("/repository/Slipway.slnx", "https://feed.example/v3/index.json"),
            Throws.TypeOf<SlipwayException>().With.Message.Contains("No assets file"));
    }

    [Test]
    public void FeedsAreNamedToNuGetAsSourcesOfAudits()
    {
        using var fixture = new LocalFolderFixture();
        var file = Path.Combine(fixture.Root, "nuget.config");
        AuditSources.Write(file, ["https://feed.example/a&b", "http://127.0.0.1:5000/index.json"]);

        var added = XDocument.Load(file).Root!.Element("auditSources")!.Elements("add").ToArray();
        Assert.That(added.Select(one => (string?)one.Attribute("value")), Is.EqualTo(new[] { "https://feed.example/a&b", "http://127.0.0.1:5000/index.json" }));
        Assert.That(added.Select(one => (string?)one.Attribute("allowInsecureConnections")), Is.EqualTo(new[] { null, "true" }));
    }

    private static NuGetAudit Read(string printed) => NuGetAuditReport.Read(printed.Split('\n'), ["https://somebody:password@feed.example/index.json?token=t"]);
}
