using Slipway.Registry.Models;

namespace Slipway.Registry.Monitoring.Drift;

/// <summary>The distances of one column between its baseline and a window.</summary>
internal static class DistanceTests
{
    // A shift of 0.2 standard deviations, which has to be found, moves these by 0.04, 0.07, 0.08 and 0.2.
    private const double PsiFloor = 0.02;
    private const double JensenShannonFloor = 0.05;
    private const double KolmogorovSmirnovFloor = 0.04;
    private const double WassersteinFloor = 0.1;

    /// <summary>How much more often merged bins of a small window exceed a bound far out than the chi-square distribution says; simulated.</summary>
    private const double ShapeExcess = 4;

    /// <summary>Replaces the share of an empty group: half a value.</summary>
    private const double HalfValue = 0.5;

    /// <param name="expected">The baseline's counts by bin.</param>
    /// <param name="counted">The window's.</param>
    public static IReadOnlyList<DistanceTest> Of(ColumnBaseline column, IReadOnlyList<double> expected, IReadOnlyList<double> counted)
    {
        var (m, n) = (expected.Sum(), counted.Sum());
        long[] whole = [.. expected.Select(count => (long)Math.Round(count))];
        if (column.Kind == ColumnKind.Categorical)
            return [.. Shape(expected, counted, BinGroups.OfCategories(whole, (long)n), weight: 1)];
        var order = new List<DistanceTest>(Shape(expected, counted, BinGroups.OfNumbers(whole, (long)n), weight: 0.25));
        if (column.Edges is { Count: > 0 })
            order.Add(KolmogorovSmirnov(expected, counted, (long)Math.Round(m), (long)Math.Round(n)));
        if (column.Edges is { Count: > 1 } edges && column.StandardDeviation is > 0 and var deviation && WassersteinScale.Of(edges, expected, counted) is { } scale)
            order.Add(Wasserstein(scale, deviation));
        return order;
    }

    /// <summary>Jensen-Shannon and PSI of merged bins: both are chi-square, times a factor, if there is no drift.</summary>
    private static IEnumerable<DistanceTest> Shape(IReadOnlyList<double> expected, IReadOnlyList<double> counted, int[] groups, double weight)
    {
        var (reference, current) = (BinGroups.Sum(expected, groups), BinGroups.Sum(counted, groups));
        if (reference.Length < 2)
            yield break;
        var (m, n, degrees) = (reference.Sum(), current.Sum(), reference.Length - 1);
        var noise = 1 / n + 1 / m;
        double[] p = [.. reference.Select(count => count / m)];
        double[] q = [.. current.Select(count => count / n)];
        var divergence = Distances.JensenShannonDivergence(p, q);
        var chance = Math.Min(1, ShapeExcess * ChiSquare.Survival(8 * divergence / noise, degrees));
        yield return new(
            DriftStatistic.JensenShannon, Math.Sqrt(divergence), JensenShannonFloor, chance, weight, Decides: true,
            at => Math.Sqrt(ChiSquare.InverseSurvival(at / ShapeExcess, degrees) * noise / 8));
        var psi = Distances.Psi(p, q, HalfValue / Math.Max(n, m));
        yield return new(
            DriftStatistic.Psi, psi, PsiFloor, Math.Min(1, ShapeExcess * ChiSquare.Survival(psi / noise, degrees)), weight, Decides: false,
            at => ChiSquare.InverseSurvival(at / ShapeExcess, degrees) * noise);
    }

    /// <summary>Of small samples exactly; of larger ones by the limit distribution.</summary>
    private static DistanceTest KolmogorovSmirnov(IReadOnlyList<double> expected, IReadOnlyList<double> counted, long m, long n)
    {
        var distance = Distances.KolmogorovSmirnovOfBins([.. expected], [.. counted]);
        if (KolmogorovExact.Fits(n, m))
            return new(
                DriftStatistic.KolmogorovSmirnov, distance, KolmogorovSmirnovFloor, KolmogorovExact.Survival(distance, (int)n, (int)m), 0.25, Decides: true,
                at => KolmogorovExact.InverseSurvival(at, (int)n, (int)m));
        var noise = Math.Sqrt(1.0 / m + 1.0 / n);
        return new(
            DriftStatistic.KolmogorovSmirnov, distance, KolmogorovSmirnovFloor, Kolmogorov.Survival(distance / noise), 0.25, Decides: true,
            at => Kolmogorov.InverseSurvival(at) * noise);
    }

    private static DistanceTest Wasserstein(WassersteinScale scale, double deviation) => new(
        DriftStatistic.Wasserstein, scale.Distance / deviation, WassersteinFloor, scale.Survival, 0.5, Decides: true, at => scale.DistanceAt(at) / deviation);
}
