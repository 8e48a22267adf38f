using Slipway.Build.Images;
using Slipway.Build.Images.Scanning.Gate;
using Slipway.Build.Images.Scanning.NuGet;
using Slipway.Build.Images.Scanning.Policy;
using static Slipway.Build.Tests.Images.Scanning.ScanFixture;

namespace Slipway.Build.Tests.Images.Scanning;

public sealed class AllowListTests
{
    private static readonly AllowedFinding Entry = new("CVE-2027-1", "not reachable here", new(2027, 1, 15), "libc6", ImageName.Gateway);

    [Test]
    public void FindingThatIsAllowedDoesNotCountAndIsToldWithItsReason()
    {
        var verdict = Evaluate(Bad(), Allowing(Entry));

        Assert.That(verdict.Passed, Is.True);
        Assert.That(verdict.Findings, Is.Empty);
        Assert.That(verdict.Accepted.Single().Entry.Reason, Is.EqualTo("not reachable here"));
    }

    [TestCase("CVE-2027-2", "libc6", ImageName.Gateway)]
    [TestCase("CVE-2027-1", "libm", ImageName.Gateway)]
    [TestCase("CVE-2027-1", "libc6", ImageName.Model)]
    public void EntryForSomethingElseAllowsNothingAndIsNamed(string id, string package, string image)
    {
        var policy = Allowing(Entry with { Id = id, Package = package, Image = image });
        var verdict = Evaluate(Bad(), policy);

        Assert.That(verdict.Outcome, Is.EqualTo(ScanOutcome.Failed));
        Assert.That(ScanGate.Unused(policy, [verdict]), Is.EqualTo(policy.Allow));
    }

    [Test]
    public void EntryWithoutPackageAndImageAllowsTheFindingEverywhere() =>
        Assert.That(Evaluate(Bad(), Allowing(Entry with { Package = null, Image = null })).Passed, Is.True);

    [Test]
    public void EntryCountsToTheEndOfItsDayAndIsRefusedAfterIt()
    {
        var lastMoment = new DateTimeOffset(2027, 1, 15, 23, 59, 59, TimeSpan.Zero);
        Assert.That(Evaluate(Bad(), Allowing(Entry), lastMoment).Passed, Is.True);

        var verdict = Evaluate(Bad(), Allowing(Entry), lastMoment.AddSeconds(1));
        Assert.That(verdict.Rule("allowed CVE-2027-1 in libc6 of gateway").Outcome, Is.EqualTo(ScanOutcome.Failed));
        Assert.That(verdict.Findings, Has.Count.EqualTo(1), "it counts again");
    }

    [Test]
    public void ExpiredEntryIsRefusedEvenWhereNothingIsFound() =>
        Assert.That(Evaluate(Clean(), Allowing(Entry with { Expires = new(2026, 12, 31) })).Outcome, Is.EqualTo(ScanOutcome.Failed));

    [Test]
    public void ExpiredEntryOfEveryImageIsRefusedOnce()
    {
        var policy = Allowing(Entry with { Expires = new(2026, 12, 31), Image = null });
        var audit = ScanGate.Evaluate(new NuGetAudit(1, ["feed"], [], []), policy, Now);

        Assert.That(Evaluate(Clean(), policy).Passed, Is.True);
        Assert.That(audit.Outcome, Is.EqualTo(ScanOutcome.Failed));
    }

    private static System.Text.Json.Nodes.JsonObject Bad() => Clean().With("Vulnerabilities", Vulnerability("CRITICAL"));

    private static ScanPolicy Allowing(AllowedFinding entry) => Policy with { Allow = [entry] };
}
