using System.Text.Json.Nodes;
using Slipway.Build.Images.Releases;
using Slipway.Build.Images.Scanning;
using Slipway.Build.Images.Scanning.Gate;
using Slipway.Registry;
using static Slipway.Build.Tests.Images.Scanning.ScanFixture;

namespace Slipway.Build.Tests.Images.Scanning;

public sealed class ScanGateTests
{
    [Test]
    public void ImageInWhichNothingIsFoundPassesEveryRule()
    {
        var verdict = Evaluate(Clean());

        Assert.That(verdict.Rules.Where(rule => rule.Outcome != ScanOutcome.Passed), Is.Empty);
        Assert.That(verdict.Outcome, Is.EqualTo(ScanOutcome.Passed));
        Assert.That(verdict.Packages, Is.EqualTo(2));
    }

    [TestCase("CRITICAL", "2.40", "vulnerabilities critical fixable")]
    [TestCase("CRITICAL", null, "vulnerabilities critical unfixable")]
    [TestCase("CRITICAL", "", "vulnerabilities critical unfixable")]
    [TestCase("HIGH", "2.40", "vulnerabilities high fixable")]
    [TestCase("UNKNOWN", "2.40", "vulnerabilities unknown fixable")]
    public void VulnerabilityOverItsBoundIsRefusedByTheRuleOfItsSeverity(string severity, string? fixedIn, string rule)
    {
        var verdict = Evaluate(Clean().With("Vulnerabilities", Vulnerability(severity, fixedIn)));

        Assert.That(verdict.Outcome, Is.EqualTo(ScanOutcome.Failed));
        Assert.That(verdict.Rules.Where(one => one.Outcome == ScanOutcome.Failed).Select(one => one.Rule), Is.EqualTo(new[] { rule }));
        Assert.That(verdict.Rule(rule).ToString(), Does.StartWith($"FAIL {rule} 1 (<= 0): "));
        Assert.That(verdict.Refuses(verdict.Findings.Single()), Is.True);
    }

    [TestCase("HIGH", null)]
    [TestCase("MEDIUM", "2.40")]
    [TestCase("LOW", "2.40")]
    public void VulnerabilityWithinItsBoundIsCountedAndPasses(string severity, string? fixedIn)
    {
        var verdict = Evaluate(Clean().With("Vulnerabilities", Vulnerability(severity, fixedIn)));

        Assert.That(verdict.Passed, Is.True);
        Assert.That(verdict.Findings, Has.Count.EqualTo(1));
        Assert.That(verdict.Refuses(verdict.Findings.Single()), Is.False);
    }

    [Test]
    public void BoundIsTheLastNumberThatPasses()
    {
        JsonObject Of(int count) => Clean().With("Vulnerabilities", [.. Enumerable.Range(0, count).Select(index => Vulnerability("MEDIUM", id: $"CVE-{index}"))]);

        Assert.That(Evaluate(Of(2)).Passed, Is.True);
        Assert.That(Evaluate(Of(3)).Passed, Is.False);
    }

    [Test]
    public void SameFindingTwiceCountsOnce()
    {
        var verdict = Evaluate(Clean().With("Vulnerabilities", Vulnerability("MEDIUM"), Vulnerability("MEDIUM", fixedIn: "2.41"), Vulnerability("MEDIUM", package: "libm")));

        Assert.That(verdict.Rule("vulnerabilities medium fixable").Value, Is.EqualTo(2));
    }

    [Test]
    public void SecretIsRefusedAndNeverRepeated()
    {
        var verdict = Evaluate(Clean().With("Secrets", Secret()));

        Assert.That(verdict.Rule("secrets").Outcome, Is.EqualTo(ScanOutcome.Failed));
        Assert.That(string.Join('\n', ScanSummary.Of("1.0.0-abc", Policy.File, [verdict], []).Lines()), Does.Contain("aws-access-key-id").And.Not.Contain("AKIAEXAMPLE"));
    }

    [TestCase("FAIL", ScanOutcome.Failed)]
    [TestCase("PASS", ScanOutcome.Passed)]
    [TestCase("EXCEPTION", ScanOutcome.Passed)]
    [TestCase("SOMETHING_NEW", ScanOutcome.Failed)]
    public void MisconfigurationCountsWhereItsCheckFailed(string status, ScanOutcome expected) =>
        Assert.That(Evaluate(Clean().With("Misconfigurations", Misconfiguration("HIGH", status))).Rule("misconfigurations high").Outcome, Is.EqualTo(expected));

    [Test]
    public void SeverityThatNobodyKnowsIsNoVerdict() =>
        Assert.That(
            () => Evaluate(Clean().With("Vulnerabilities", Vulnerability("APOCALYPTIC"))),
            Throws.TypeOf<SlipwayException>().With.Message.Contains("CVE-2027-1").And.Message.Contains("APOCALYPTIC"));

    [Test]
    public void DistributionAtItsEndOfLifeIsRefusedUnlessThePolicyTakesIt()
    {
        var report = Clean();
        report["Metadata"]!["OS"]!["EOSL"] = true;

        Assert.That(Evaluate(report).Rule("end of life").Outcome, Is.EqualTo(ScanOutcome.Failed));
        Assert.That(Evaluate(report, Policy with { EndOfLife = true }).Passed, Is.True);
    }

    [Test]
    public void WhatTheScannerLeftOutIsRefusedWithTheFileThatSaidSo()
    {
        var report = Clean().With("ExperimentalModifiedFindings", new JsonObject { ["Type"] = "vulnerability", ["Status"] = "ignored", ["Source"] = ".trivyignore" });

        Assert.That(Evaluate(report).Rule("report complete").ToString(), Does.StartWith("FAIL").And.Contains(".trivyignore"));
    }

    private static ReleaseRecord Release { get; } = new("1.0.0-abc", "1.0.0", new(new string('a', 40), Dirty: false), Now, [ScanFixture.Gateway]);
}
