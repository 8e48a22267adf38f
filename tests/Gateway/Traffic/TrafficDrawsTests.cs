using Slipway.Gateway.Traffic;
using Slipway.Registry.Channels;

namespace Slipway.Gateway.Tests.Traffic;

public class TrafficDrawsTests
{
    private const int Requests = 200_000;
    private const int MaxCycle = 1000;

    [TestCase(1)]
    [TestCase(10)]
    [TestCase(50)]
    [TestCase(97)]
    public void SharesFreeRequestsAsTheSplitSays(int green)
    {
        var toGreen = Greens(new TrafficDraws(7).Next, green).Count(isGreen => isGreen);
        Assert.That(Surprise(toGreen, Requests, green / 100.0), Is.LessThan(Math.Log(1000)));
    }

    [TestCase(1)]
    [TestCase(10)]
    [TestCase(50)]
    public void NoCallerWhoComesInTurnsGetsAColorMoreOftenThanTheSplitSays(int green) =>
        Assert.That(UnfairCycles(new TrafficDraws(7).Next, green), Is.Empty);

    [Test]
    public void TheControlShowsThatAnEvenSequenceFavorsSomePlacesInACycle()
    {
        var position = 0UL;
        Assert.That(UnfairCycles(() => TrafficSplitPolicy.ToUnit(position += 0x9E3779B97F4A7C15UL), 10), Has.Member(610).And.Count.GreaterThan(10));
    }

    [Test]
    public void TwoGatewaysDrawDifferently()
    {
        var (one, other) = (TrafficDraws.Seeded(), TrafficDraws.Seeded());
        var alike = Greens(one.Next, 50).Zip(Greens(other.Next, 50)).Count(pair => pair.First == pair.Second);
        Assert.That(Surprise(alike, Requests, 0.5), Is.LessThan(50));
    }

    [Test]
    public void TheSameSeedDrawsTheSame()
    {
        var (one, same) = (new TrafficDraws(7), new TrafficDraws(7));
        Assert.That(Greens(one.Next, 50), Is.EqualTo(Greens(same.Next, 50)));
    }

    [Test]
    public void NoDrawIsLostToCallersAtTheSameTime()
    {
        var alone = Enumerable.Repeat(new TrafficDraws(7), 10_000).Select(draws => draws.Next()).ToHashSet();
        var shared = new TrafficDraws(7);
        var together = new double[10_000];
        Parallel.For(0, together.Length, i => together[i] = shared.Next());
        Assert.That(alone.SetEquals(together));
    }

    private static bool[] Greens(Func<double> draw, int green) =>
        [.. Enumerable.Range(0, Requests).Select(_ => TrafficSplitPolicy.Pick(new(100 - green, green), draw(), null, true, true).Color == Color.Green)];

    /// <summary>Lengths of cycles in which some place gets a color with another share than the split's.</summary>
    private static List<int> UnfairCycles(Func<double> draw, int green)
    {
        var greens = Greens(draw, green);
        // so that all places of all cycles together fail by chance once in a thousand runs
        var limit = Math.Log(1000.0 * MaxCycle * MaxCycle);
        var unfair = new List<int>();
        for (var cycle = 2; cycle <= MaxCycle; cycle++)
        {
            var counts = new int[cycle];
            for (var (i, place) = (0, 0); i < Requests; i++)
            {
                if (greens[i])
                    counts[place]++;
                if (++place == cycle)
                    place = 0;
            }
            if (counts.Where((count, place) => Surprise(count, (Requests - place + cycle - 1) / cycle, green / 100.0) > limit).Any())
                unfair.Add(cycle);
        }
        return unfair;
    }

    /// <summary>Chernoff bound: a count this far from its expected share, or further, has at most the probability e^-surprise on either side.</summary>
    private static double Surprise(int count, int of, double share)
    {
        var seen = (double)count / of;
        return of * (Part(seen, share) + Part(1 - seen, 1 - share));
    }

    private static double Part(double seen, double share) => seen == 0 ? 0 : seen * Math.Log(seen / share);
}
