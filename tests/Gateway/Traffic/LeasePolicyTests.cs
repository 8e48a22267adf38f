using Slipway.Gateway.Traffic;

namespace Slipway.Gateway.Tests.Traffic;

public class LeasePolicyTests
{
    [TestCase(null, 0, LeaseStanding.Free)]
    [TestCase("other", 0, LeaseStanding.Follow)]
    [TestCase("other", 9.9, LeaseStanding.Follow)]
    [TestCase("other", 10, LeaseStanding.Free)]
    [TestCase("me", 0, LeaseStanding.Hold)]
    [TestCase("me", 3, LeaseStanding.Hold)]
    [TestCase("me", 3.4, LeaseStanding.Renew)]
    [TestCase("me", 60, LeaseStanding.Renew)]
    public void SaysWhoShouldWrite(string? holder, double unchangedForSeconds, LeaseStanding expected) =>
        Assert.That(
            LeasePolicy.Judge(new(holder, 1), "me", TimeSpan.FromSeconds(unchangedForSeconds), TimeSpan.FromSeconds(10)),
            Is.EqualTo(expected));
}
