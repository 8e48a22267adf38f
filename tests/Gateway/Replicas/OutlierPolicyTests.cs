using Microsoft.Extensions.Time.Testing;
using Slipway.Gateway.Replicas;

namespace Slipway.Gateway.Tests.Replicas;

public class OutlierPolicyTests
{
    [TestCase("bbbbb", "ggggg", true)]
    [TestCase("gbbbbb", "ggggg", true)]
    [TestCase("bbbb", "ggggg", false, Description = "too few in a row")]
    [TestCase("bbbbgbbbb", "ggggg", false, Description = "too few in a row")]
    [TestCase("bbbbb", "gggg", false, Description = "the others have answered too little")]
    [TestCase("bbbbb", "bbbbb", false, Description = "so do the others")]
    [TestCase("bbbbb", "bbbbg", false, Description = "so do the others, nearly")]
    [TestCase("bbbbb", "ggggb", false, Description = "the other's last answer is bad too")]
    [TestCase("bbbbb", "bgggg", true)]
    [TestCase("gggggbbbbb", "bgggg", false, Description = "half of them against a fifth is not far beyond")]
    public void ComparesAServerWithTheOthers(string own, string other, bool isOutlier) =>
        Assert.That(OutlierPolicy.IsOutlier(Answers(own), [Answers(other)]), Is.EqualTo(isOutlier));

    [Test]
    public void AloneThereIsNothingToCompareWith() => Assert.That(OutlierPolicy.IsOutlier(Answers("bbbbbbbbbb"), []), Is.False);

    [Test]
    public void WhatWasLongAgoCountsLess() =>
        Assert.That(OutlierPolicy.IsOutlier(Answers(new string('g', 100_000) + new string('b', 64)), [Answers("bggggggggg")]), Is.True);

    [Test]
    public void EachEjectionTakesTwiceAsLongUntilTheServerHasBeenInForLong()
    {
        var (time, times, shortest) = (new FakeTimeProvider(), new EjectionTimes(), TimeSpan.FromSeconds(2));
        var seconds = new List<double>();
        for (var i = 0; i < 8; i++)
        {
            var next = times.Next(shortest, time);
            seconds.Add(next.TotalSeconds);
            time.Advance(next);
        }
        Assert.That(seconds, Is.EqualTo(new[] { 2, 4, 8, 16, 32, 64, 64, 64 }));
        time.Advance(TimeSpan.FromSeconds(640));
        Assert.That(times.Next(shortest, time), Is.EqualTo(shortest));
    }

    private static ServerAnswers Answers(string answers)
    {
        var server = new ServerAnswers();
        foreach (var answer in answers)
            server.Count(isBad: answer == 'b');
        return server;
    }
}
