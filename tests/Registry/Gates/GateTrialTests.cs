using Slipway.Registry.Gates;
using Slipway.Registry.Models;
using Slipway.Registry.Tests.Manifests;

namespace Slipway.Registry.Tests.Gates;

/// <summary>Random gates, and a candidate that passes them, until one of the values is missing or not a number.</summary>
public sealed class GateTrialTests
{
    private const int Seed = 20261130;

    [Test]
    public void OneValueThatIsMissingOrNoNumberFailsEveryCandidate() => Trials.Run(Seed, 500, random => Problem(random, hasHole: true)).ShouldHold();

    [Test]
    public void TheSameCandidatesPassWithoutIt() => Trials.Run(Seed, 20, random => Problem(random, hasHole: false)).ShouldFail();

    private static string? Problem(Random random, bool hasHole)
    {
        string[] names = [.. Enumerable.Range(0, random.Next(1, 6)).Select(number => $"m{number}")];
        var bounds = names.ToDictionary(name => name, _ => random.Next(2) == 0 ? new Bounds(AtLeast: 0.1) : new Bounds(AtLeast: 0.1, AtMost: 1));
        Dictionary<string, Metric> Measured() => names.ToDictionary(name => name, _ => new Metric(0.2 + (random.NextDouble() * 0.7)));
        List<Dictionary<string, Metric>> places = [Measured(), .. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Measured())];
        if (hasHole)
            Pierce(places[random.Next(places.Count)], names[random.Next(names.Length)], random);

        var candidate = SampleManifests.Metrics with { Holdout = places[0], Slices = [.. places.Skip(1).Select((metrics, number) => new SliceMetrics($"type={number}", 500, 20, metrics))] };
        var gates = new GateSpec(bounds) { Slices = new(bounds, RowsAtLeast: 100) };
        return GatePolicy.Evaluate(gates, candidate, SampleManifests.Schema, champion: null).Passed ? "it passes" : null;
    }

    private static void Pierce(Dictionary<string, Metric> metrics, string name, Random random)
    {
        double[] values = [double.NaN, double.PositiveInfinity, double.NegativeInfinity];
        if (random.Next(values.Length + 1) is var kind && kind < values.Length)
            metrics[name] = new(values[kind]);
        else
            metrics.Remove(name);
    }
}
