using System.Globalization;
using Slipway.Gateway.Forwarding;

namespace Slipway.Gateway.Tests.Forwarding;

public class MemoryBudgetTests
{
    private MemoryBudget _budget = null!;

    [SetUp]
    public void StartEmpty() => _budget = new(new() { Store = "", MaxBufferedBytes = 120, RetryBufferBytes = 10 });

    [Test]
    public void OneCallerLeavesAsMuchAsItTakes()
    {
        Assert.That(Fill("a"), Is.EqualTo(60));
        Assert.That(_budget.IsSpent, Is.False);
        Assert.That(Fill("b"), Is.EqualTo(30));
        Assert.That(_budget.Held, Is.EqualTo(90));
    }

    [Test]
    public void EveryCallerMayHoldOneBodyAsLongAsThereIsRoom()
    {
        // callers are hashed to 4096 shares with a seed of the process: two in the same share would hold one body together
        var callers = Enumerable.Range(0, 1000).Select(i => i.ToString(CultureInfo.InvariantCulture))
            .DistinctBy(caller => (uint)string.GetHashCode(caller, StringComparison.Ordinal) % 4096);
        foreach (var caller in callers.Take(12))
            Assert.That(_budget.Open(caller).TryGrowTo(10), Is.True);
        Assert.That(_budget.IsSpent, Is.True);
        Assert.That(Fill("b"), Is.Zero);
    }

    [Test]
    public void WhatACallerGivesBackIsItsOwnAgain()
    {
        var holds = Enumerable.Range(0, 6).Select(_ => _budget.Open("a")).ToList();
        Assert.That(holds.TrueForAll(hold => hold.TryGrowTo(10)), Is.True);
        Assert.That(Fill("a"), Is.Zero);
        holds.ForEach(hold => hold.Dispose());
        Assert.That((_budget.Held, Fill("a")), Is.EqualTo((0, 60)));
    }

    /// <summary>Returns how many bytes a caller got with bodies of ten bytes each.</summary>
    private int Fill(string caller)
    {
        var bytes = 0;
        while (_budget.Open(caller).TryGrowTo(10))
            bytes += 10;
        return bytes;
    }
}
