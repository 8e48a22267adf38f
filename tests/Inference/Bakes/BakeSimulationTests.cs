using Slipway.Inference.Bakes;
using Slipway.Registry.Models;

namespace Slipway.Inference.Tests.Bakes;

/// <summary>How often a healthy version would be put back, and a bad one would not. Seeded, so that each run is the same.</summary>
public sealed class BakeSimulationTests
{
    private const int Bakes = 10_000;
    private const int Answers = 1_000;
    private const double MostFalse = 0.001;

    private static readonly BakeBaseline Before = BakeBaseline.None(new());

    // at the bound itself: a version that is better is put back more rarely
    [Test]
    public void HealthyVersionIsPutBackForFailuresLessThanOnceInAThousandBakes() =>
        Assert.That(PutBacks(Bakes, failureRate: 0.01), Is.LessThan(MostFalse * Bakes));

    [Test]
    public void VersionThatFailsOftenIsPutBack() =>
        Assert.That(PutBacks(500, failureRate: 0.05), Is.GreaterThan(495));

    // half of the pairs of a busy machine meet a run that takes many times as long, on either side
    [TestCase(0.01)]
    [TestCase(0.2)]
    [TestCase(0.5)]
    public void HealthyVersionIsNotTakenForSlowOnABusyMachine(double busy)
    {
        var random = new Random(17);
        var slow = 0;
        for (var bake = 0; bake < Bakes; bake++)
        {
            var (slower, faster) = (0, 0);
            for (var pair = 0; pair < ComparisonPolicy.MinTimed; pair++)
            {
                var (one, two) = (Time(random, busy), Time(random, busy));
                slower += one > 3 * two ? 1 : 0;
                faster += two > 3 * one ? 1 : 0;
            }

            if (ComparisonPolicy.Problem(new(ComparisonPolicy.MinTimed, 0, slower, faster, 0, 0, false), null, new(), 1) is not null)
                slow++;
        }

        Assert.That(slow, Is.LessThan(MostFalse * Bakes));
    }

    [Test]
    public void SlowVersionIsFoundOnABusyMachine()
    {
        var random = new Random(17);
        var found = 0;
        for (var bake = 0; bake < 1000; bake++)
        {
            var (slower, faster) = (0, 0);
            for (var pair = 0; pair < 64; pair++)
            {
                var (one, two) = (10 * Time(random, 0.1), Time(random, 0.1));
                slower += one > 3 * two ? 1 : 0;
                faster += two > 3 * one ? 1 : 0;
            }

            found += ComparisonPolicy.Problem(new(64, 0, slower, faster, 0, 0, false), null, new(), 1) is null ? 0 : 1;
        }

        Assert.That(found, Is.GreaterThan(990));
    }

    // the requests of one minute are more alike than the holdout: each kind of request disagrees as a whole
    [TestCase(256, 256)]
    [TestCase(256, 32)]
    public void DisagreementThatTheGatePredictedIsNotHeldAgainstAVersion(int requests, int kinds)
    {
        var predicted = new PredictedDisagreement(1000, 100, 0.083, 0.12);
        var random = new Random(17);
        var rejected = 0;
        for (var bake = 0; bake < Bakes; bake++)
        {
            var disagreed = 0;
            for (var kind = 0; kind < kinds; kind++)
                disagreed += random.NextDouble() < 0.1 ? requests / kinds : 0;
            rejected += ComparisonPolicy.Problem(new(requests, 0, 0, 0, requests, disagreed, false), predicted, new(), 1) is null ? 0 : 1;
        }

        Assert.That(rejected, Is.LessThan(MostFalse * Bakes));
    }

    private static int PutBacks(int bakes, double failureRate)
    {
        var random = new Random(17);
        var putBack = 0;
        for (var bake = 0; bake < bakes; bake++)
        {
            var failures = 0;
            for (var answer = 1; answer <= Answers; answer++)
            {
                if (random.NextDouble() >= failureRate)
                    continue;
                if (BakePolicy.OnFailure(++failures, answer - failures, Before) != BakeVerdict.PutBack)
                    continue;
                putBack++;
                break;
            }
        }

        return putBack;
    }

    private static double Time(Random random, double busy) => (random.NextDouble() < busy ? 20 : 1) * (0.8 + 0.4 * random.NextDouble());
}
