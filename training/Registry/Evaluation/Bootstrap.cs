namespace Slipway.Registry.Evaluation;

/// <summary>A 95 % interval; both ends are null if the metric is defined for too few resamples.</summary>
public sealed record Interval(double? Low, double? High);

/// <summary>
/// Percentile bootstrap: metrics of many resamples of the rows, drawn with replacement. The rows are ranked once; a resample is only the number of times
/// that each counts.
/// </summary>
public static class Bootstrap
{
    private const int MaxResamples = 1000;
    private const int MinResamples = 200;
    private const long Draws = 20_000_000; // beyond this, a large holdout gets fewer resamples: its intervals are narrow anyway

    /// <returns>In the order of the rows' metrics.</returns>
    public static Interval[] Intervals(ScoredRows rows, int seed, CancellationToken cancellation = default)
    {
        var resamples = (int)Math.Clamp(Draws / Math.Max(rows.Count, 1), MinResamples, MaxResamples);
        var values = rows.Metrics.Select(_ => new List<double>(resamples)).ToArray();
        var random = new Random(seed);
        var weights = new int[rows.Count];
        for (var resample = 0; resample < resamples; resample++)
        {
            cancellation.ThrowIfCancellationRequested();
            Array.Clear(weights);
            for (var draw = 0; draw < weights.Length; draw++)
                weights[random.Next(weights.Length)]++;

            var metrics = rows.Measure(weights);
            for (var i = 0; i < metrics.Length; i++)
                if (double.IsFinite(metrics[i]))
                    values[i].Add(metrics[i]);
        }

        return [.. values.Select(sample => Percentiles(sample, resamples))];
    }

    /// <summary>The 95 % interval.</summary>
    /// <param name="sample">The metric of each resample for which it is defined.</param>
    public static Interval Percentiles(List<double> sample, int resamples)
    {
        if (sample.Count * 2 < resamples)
            return new(null, null);
        sample.Sort();
        return new(At(0.025), At(0.975));

        // interpolated between the two nearest values, like most statistics packages
        double At(double share)
        {
            var position = share * (sample.Count - 1);
            var below = (int)position;
            var above = Math.Min(below + 1, sample.Count - 1);
            return sample[below] + ((position - below) * (sample[above] - sample[below]));
        }
    }
}
