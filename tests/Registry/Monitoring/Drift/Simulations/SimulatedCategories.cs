using Slipway.Registry.Models;
using Slipway.Registry.Monitoring.Drift;

namespace Slipway.Registry.Tests.Monitoring.Drift.Simulations;

/// <summary>Windows of one categorical feature, and the training rows that they are compared with.</summary>
internal static class SimulatedCategories
{
    public static IReadOnlyList<DistanceTest> Window(Draws draws, double[] law, long trained, long n)
    {
        double[] expected = [.. draws.Multinomial(trained, law), 0];
        return DistanceTests.Of(
            new("x", ColumnKind.Categorical, null, [.. expected.Select(count => (long)count)], 0, null, null), expected, [.. draws.Multinomial(n, law), 0]);
    }
}
