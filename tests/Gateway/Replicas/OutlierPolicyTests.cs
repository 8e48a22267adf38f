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

    [TestCase("bbgggggggg", 40, "g", 40, true, Description = "a fifth of them")]
    [TestCase("bggggggggg", 40, "g", 40, false, Description = "a tenth of them")]
    [TestCase("bbbggggggg", 31, "g", 40, false, Description = "too few")]
    [TestCase("bbbggggggg", 40, "g", 31, false, Description = "too few of the others")]
    [TestCase("bbbggggggg", 40, "gggggggggb", 40, false, Description = "the others have a third of that")]
    [TestCase("bbbggggggg", 40, "gggggggggggggggggggb", 41, true, Description = "the others have a sixth of that")]
    public void AServerThatIsOftenBadIsFoundWithoutARow(string own, int times, string other, int otherTimes, bool isOutlier) =>
        Assert.That(OutlierPolicy.IsOutlier(Answers(Cycle(own, times)), [Answers(Cycle(other, otherTimes))]), Is.EqualTo(isOutlier));

    private static string Cycle(string answers, int times) => string.Concat(Enumerable.Range(0, times).Select(i => answers[i % answers.Length]));

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
