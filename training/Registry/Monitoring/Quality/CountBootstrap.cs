using Slipway.Registry.Evaluation;

namespace Slipway.Registry.Monitoring.Quality;

/// <summary>
/// The percentile bootstrap of metrics that depend on counts alone: rows that are drawn with replacement change every count by its own Poisson
/// distribution, however many rows there are.
/// </summary>
internal static class CountBootstrap
{
    private const int Resamples = 200, Seed = 1;
    private const double Large = 50; // from here on, the Poisson distribution is close to the normal one

    /// <param name="measure">The metrics of resampled counts, in an array that may be reused.</param>
    public static Interval[] Intervals(double[] counts, Func<double[], double[]> measure)
    {
        if (counts.Sum() < QualityTally.MinLabels)
            return [.. measure(counts).Select(_ => new Interval(null, null))];
        var random = new Random(Seed);
        var resampled = new double[counts.Length];
        List<double>[]? values = null;
        for (var resample = 0; resample < Resamples; resample++)
        {
            for (var i = 0; i < counts.Length; i++)
                resampled[i] = counts[i] > 0 ? Poisson(random, counts[i]) : 0;
            var metrics = measure(resampled);
            values ??= [.. metrics.Select(_ => new List<double>(Resamples))];
            for (var i = 0; i < metrics.Length; i++)
                if (double.IsFinite(metrics[i]))
                    values[i].Add(metrics[i]);
        }

        return [.. values!.Select(sample => Bootstrap.Percentiles(sample, Resamples))];
    }

    private static double Poisson(Random random, double mean)
    {
        if (mean >= Large)
            return Math.Max(0, Math.Round(mean + (Math.Sqrt(mean) * Normal(random))));
        // D. Knuth, The Art of Computer Programming, volume 2, section 3.4.1
        var (count, product, limit) = (0, random.NextDouble(), Math.Exp(-mean));
        while (product > limit)
        {
            count++;
            product *= random.NextDouble();
        }

        return count;
    }

    // G. Box and M. Muller, 1958
    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
