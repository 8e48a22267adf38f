using Slipway.Build.Cli;
using Slipway.Registry;
using Slipway.Soak.Rows;

namespace Slipway.Build.Tests.Soaking;

public sealed class RowFindingTests
{
    [Test]
    public void HoldsWithoutFailuresAndWithAControlThatWasFound()
    {
        var finding = SoakFixture.Finding("archives", SoakFixture.Good);

        Assert.That((finding.Verdict, finding.Reason), Is.EqualTo((RowVerdict.Holds, (string?)null)));
        Assert.That(finding.UpperBound, Is.EqualTo(0.01487).Within(0.00001));
    }

    private static IEnumerable<TestCaseData<RowResult, string>> Bad()
    {
        yield return new(SoakFixture.Good with { Failures = 1 }, "1 of 200 trials failed");
        yield return new(SoakFixture.Good with { Trials = 0 }, "nothing was tried");
        yield return new(SoakFixture.Good with { Broken = "p99 is 1.3 times that without" }, "p99 is 1.3 times");
        yield return new(SoakFixture.Good with { Control = new("a broken store", Found: false) }, "the negative control was not found");
    }

    [TestCaseSource(nameof(Bad))]
    public void IsBrokenOtherwise(RowResult result, string reason)
    {
        var finding = SoakFixture.Finding("archives", result);

        Assert.That(finding.Verdict, Is.EqualTo(RowVerdict.Broken));
        Assert.That(finding.Reason, Does.Contain(reason));
        Assert.That(SoakFixture.Findings(finding).Require, Throws.InstanceOf<RefusedException>().With.Message.Contains($"archives: {finding.Reason}"), "exit code 3");
    }

    [Test]
    public void AnErrorIsNoResult()
    {
        var row = new FakeRow("kills", (_, _) => Task.FromResult(SoakFixture.Good));
        var findings = SoakFixture.Findings(RowFinding.NotRun(row, RowVerdict.Error, "The trainer is missing.", 1));

        Assert.That(findings.Require, Throws.TypeOf<SlipwayException>().With.Message.Contains("kills: The trainer is missing."), "exit code 1");
    }

    [Test]
    public void WhatCannotRunHereBreaksNothing()
    {
        var row = new FakeRow("disk-full", (_, _) => Task.FromResult(SoakFixture.Good));

        Assert.That(SoakFixture.Findings(RowFinding.NotRun(row, RowVerdict.NotRun, "no namespaces", 1)).Require, Throws.Nothing);
    }
}
