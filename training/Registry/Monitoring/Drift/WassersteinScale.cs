namespace Slipway.Registry.Monitoring.Drift;

/// <summary>
/// The Wasserstein distance of two histograms between their outer edges, and its scale without drift. The distance is the largest of all sums of the
/// differences at the edges with any signs; of these, the one with equal signs varies most: it is the difference of the means. So the tail is that of a
/// normal variable with the deviation of that difference, times a constant that was simulated, and corrected for its skewness.
/// </summary>
internal sealed record WassersteinScale(double Distance, double Deviation, double Skewness)
{
    /// <summary>How much more often than the mean alone the distance exceeds a bound far out; simulated for uniform, normal, exponential and log-normal values.</summary>
    private const double Excess = 3;

    public double Survival => Math.Min(1, Excess * NormalTail.TwoSided(Straight(Distance / Deviation)));

    public double DistanceAt(double probability) => Deviation * Skewed(NormalTail.InverseTwoSided(probability / Excess));

    /// <returns>Null if all values are in one bin.</returns>
    public static WassersteinScale? Of(IReadOnlyList<float> edges, IReadOnlyList<double> expected, IReadOnlyList<double> counted)
    {
        var (m, n) = (expected.Sum(), counted.Sum());
        var widths = Widths(edges);
        var (difference, distance) = (0.0, 0.0);
        for (var edge = 0; edge < widths.Length; edge++)
        {
            difference += counted[edge] / n - expected[edge] / m;
            distance += widths[edge] * Math.Abs(difference);
        }

        // how far a value is from the top: the difference of the means of this is the sum with equal signs
        var places = new double[expected.Count];
        for (var edge = widths.Length - 1; edge >= 0; edge--)
            places[edge] = places[edge + 1] + widths[edge];
        var (mean, variance, cube) = Moments(places, expected, counted);
        if (variance <= 0)
            return null;
        var noise = 1 / n + 1 / m;
        var skewness = cube / Math.Pow(variance, 1.5) * Math.Abs(1 / (n * n) - 1 / (m * m)) / Math.Pow(noise, 1.5);
        return new(distance, Math.Sqrt(variance * noise), Math.Abs(skewness));
    }

    /// <summary>The first terms of Cornish and Fisher.</summary>
    private double Skewed(double z) => z + Skewness / 6 * Math.Max(0, z * z - 1);

    /// <summary>The inverse of <see cref="Skewed"/>.</summary>
    private double Straight(double value)
    {
        var a = Skewness / 6;
        return a < 1e-9 || value <= 1 ? value : (Math.Sqrt(1 + 4 * a * (value + a)) - 1) / (2 * a);
    }

    private static double[] Widths(IReadOnlyList<float> edges)
    {
        var widths = new double[edges.Count];
        for (var i = 0; i < widths.Length; i++)
            widths[i] = ((double)edges[Math.Min(i + 1, widths.Length - 1)] - edges[Math.Max(i - 1, 0)]) / 2;
        return widths;
    }

    private static (double Mean, double Variance, double Cube) Moments(double[] places, IReadOnlyList<double> expected, IReadOnlyList<double> counted)
    {
        var (total, mean) = (0.0, 0.0);
        for (var bin = 0; bin < places.Length; bin++)
        {
            total += expected[bin] + counted[bin];
            mean += places[bin] * (expected[bin] + counted[bin]);
        }

        mean /= total;
        var (variance, cube) = (0.0, 0.0);
        for (var bin = 0; bin < places.Length; bin++)
        {
            var (share, far) = ((expected[bin] + counted[bin]) / total, places[bin] - mean);
            variance += share * far * far;
            cube += share * far * far * far;
        }

        return (mean, variance, cube);
    }
}
