namespace Slipway.Registry.Monitoring.Drift;

/// <summary>
/// Distances between two distributions over the same bins, or between two samples. Shares need not add up to one exactly: they are used as given, except where
/// a definition normalizes.
/// </summary>
public static class Distances
{
    /// <summary>Population stability index: the sum of (q - p) ln(q / p).</summary>
    /// <param name="floor">Replaces smaller shares, because the logarithm of an empty bin is not defined.</param>
    public static double Psi(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, double floor)
    {
        var sum = 0.0;
        for (var i = 0; i < reference.Length; i++)
        {
            var (p, q) = (Math.Max(reference[i], floor), Math.Max(current[i], floor));
            sum += (q - p) * Math.Log(q / p);
        }

        return sum;
    }

    /// <summary>Jensen-Shannon distance, the root of the divergence, in nats. Divide the divergence by ln 2 for base 2.</summary>
    public static double JensenShannon(ReadOnlySpan<double> reference, ReadOnlySpan<double> current) => Math.Sqrt(JensenShannonDivergence(reference, current));

    public static double JensenShannonDivergence(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        var (total, other) = (Sum(reference), Sum(current));
        var sum = 0.0;
        for (var i = 0; i < reference.Length; i++)
        {
            var (p, q) = (reference[i] / total, current[i] / other);
            var middle = (p + q) / 2;
            sum += Relative(p, middle) + Relative(q, middle);
        }

        return Math.Max(0, sum / 2);
    }

    public static double Hellinger(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        var (total, other) = (Sum(reference), Sum(current));
        var sum = 0.0;
        for (var i = 0; i < reference.Length; i++)
        {
            var difference = Math.Sqrt(reference[i] / total) - Math.Sqrt(current[i] / other);
            sum += difference * difference;
        }

        return Math.Sqrt(sum / 2);
    }

    /// <summary>Kolmogorov-Smirnov over ordered bins: the largest difference of cumulative shares.</summary>
    public static double KolmogorovSmirnovOfBins(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        var (total, other) = (Sum(reference), Sum(current));
        var (difference, greatest) = (0.0, 0.0);
        for (var i = 0; i < reference.Length; i++)
        {
            difference += current[i] / other - reference[i] / total;
            greatest = Math.Max(greatest, Math.Abs(difference));
        }

        return greatest;
    }

    /// <summary>Kolmogorov-Smirnov of two samples; ties count once.</summary>
    public static double KolmogorovSmirnov(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        var greatest = 0.0;
        Walk(reference, [], current, [], (_, _, below, belowToo) => greatest = Math.Max(greatest, Math.Abs(below - belowToo)));
        return greatest;
    }

    /// <summary>First Wasserstein distance of two samples: the area between their distribution functions.</summary>
    /// <param name="weights">Of the values; empty if all weigh the same.</param>
    public static double Wasserstein(ReadOnlySpan<double> reference, ReadOnlySpan<double> weights, ReadOnlySpan<double> current, ReadOnlySpan<double> otherWeights)
    {
        var area = 0.0;
        Walk(reference, weights, current, otherWeights, (from, to, below, belowToo) => area += (to - from) * Math.Abs(below - belowToo));
        return area;
    }

    /// <summary>Visits each interval between neighboring values with both distribution functions there.</summary>
    private static void Walk(
        ReadOnlySpan<double> reference, ReadOnlySpan<double> weights, ReadOnlySpan<double> current, ReadOnlySpan<double> otherWeights, Action<double, double, double, double> visit)
    {
        var (left, right) = (Sorted(reference, weights), Sorted(current, otherWeights));
        double[] values = [.. left.Values.Concat(right.Values).Order()];
        var (i, j) = (0, 0);
        for (var at = 0; at + 1 < values.Length; at++)
        {
            while (i < left.Values.Length && left.Values[i] <= values[at])
                i++;
            while (j < right.Values.Length && right.Values[j] <= values[at])
                j++;
            visit(values[at], values[at + 1], left.Below(i), right.Below(j));
        }
    }

    private static SortedSample Sorted(ReadOnlySpan<double> values, ReadOnlySpan<double> weights)
    {
        var sorted = values.ToArray();
        double[] weighed = weights.IsEmpty ? [.. Enumerable.Repeat(1.0, sorted.Length)] : weights.ToArray();
        Array.Sort(sorted, weighed);
        var cumulative = new double[sorted.Length + 1];
        for (var i = 0; i < sorted.Length; i++)
            cumulative[i + 1] = cumulative[i] + weighed[i];
        return new(sorted, cumulative);
    }

    private static double Relative(double p, double to) => p > 0 ? p * Math.Log(p / to) : 0;

    private static double Sum(ReadOnlySpan<double> shares)
    {
        var sum = 0.0;
        foreach (var share in shares)
            sum += share;
        return sum;
    }

    private sealed record SortedSample(double[] Values, double[] Cumulative)
    {
        /// <summary>The weight of the first values, as a share.</summary>
        public double Below(int count) => Cumulative[count] / Cumulative[^1];
    }
}
