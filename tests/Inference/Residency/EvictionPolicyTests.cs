using Slipway.Inference.Residency;

namespace Slipway.Inference.Tests.Residency;

public sealed class EvictionPolicyTests
{
    private static readonly EvictionCandidate<string>[] Candidates = [new("b", 20, 30), new("a", 10, 5), new("c", 30, 100)];

    [TestCase(0, 0, "")]
    [TestCase(1, 0, "a")]
    [TestCase(2, 0, "a b")]
    [TestCase(0, 5, "a")]
    [TestCase(0, 6, "a b")]
    [TestCase(1, 40, "a b c")]
    [TestCase(0, 136, "", TestName = "NoneIsEvictedInVainForMemory")]
    [TestCase(4, 0, "", TestName = "NoneIsEvictedInVainForAPlace")]
    public void ChoosesThoseThatHaveNotBeenUsedForLongest(int models, long bytes, string expected) =>
        Assert.That(string.Join(' ', EvictionPolicy.Choose(Candidates, models, bytes).Select(victim => victim.Model)), Is.EqualTo(expected));
}
