using Slipway.Gateway.Traffic;

namespace Slipway.Gateway.Tests.Traffic;

public class LeasePolicyTests
{
    [TestCase(null, 0, LeaseStatus.Free)]
    [TestCase("other", 0, LeaseStatus.Follow)]
    [TestCase("other", 9.9, LeaseStatus.Follow)]
    [TestCase("other", 10, LeaseStatus.Free)]
    [TestCase("me", 0, LeaseStatus.Hold)]
    [TestCase("me", 3, LeaseStatus.Hold)]
    [TestCase("me", 3.4, LeaseStatus.Renew)]
    [TestCase("me", 60, LeaseStatus.Renew)]
    public void SaysWhoShouldWrite(string? holder, double unchangedForSeconds, LeaseStatus expected) =>
        Assert.That(
            LeasePolicy.Evaluate(new(holder, 1), "me", TimeSpan.FromSeconds(unchangedForSeconds), TimeSpan.FromSeconds(10)),
            Is.EqualTo(expected));
}
