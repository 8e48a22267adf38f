using Slipway.Registry.Gates;
using Slipway.Registry.Models;

namespace Slipway.Registry.Monitoring.Quality;

/// <summary>Compares quality on real predictions with what the gates demand, and estimates with what the labels showed.</summary>
public static class QualityPolicy
{
    /// <summary>Days that are judged together, next to the newest one: few labels arrive on a day.</summary>
    public const int RecentDays = 7;

    public const int MinDays = 3;

    /// <summary>Fewer labels say nothing about calibration: chance alone makes the error of a perfect model larger than any gate.</summary>
    public const int MinCalibrationLabels = 1000;

    /// <summary>An estimate over fewer predictions is mostly chance.</summary>
    public const int MinEstimated = 200;

    private const string CalibrationError = "expectedCalibrationError";

    /// <summary>From here on, the error of an estimate is that of the estimate, and not of too few labels.</summary>
    public const double MinCoverage = 0.5;

    /// <summary>The metrics that the gates no longer accept, whatever the labels that are missing.</summary>
    /// <param name="judged">One version, and one day or the last days.</param>
    public static IEnumerable<LostMetric> Lost(GateSpec gates, VersionQuality judged)
    {
        foreach (var (name, bounds) in gates.Metrics)
            if (Judged(name, judged.Metrics, judged.Labels) is { } metric && Lost(bounds, metric) is { } bound)
                yield return Of(judged, null, name, metric, bound, judged.Labels);
        foreach (var slice in judged.Slices.Where(slice => slice.Labels >= gates.Slices?.RowsAtLeast))
            foreach (var (name, bounds) in gates.Slices!.Metrics)
                if (Judged(name, slice.Metrics, slice.Labels) is { } metric && Lost(bounds, metric) is { } bound)
                    yield return Of(judged, slice.Slice, name, metric, bound, slice.Labels);
    }

    /// <summary>The metrics that the gates probably no longer accept, before labels say so.</summary>
    /// <param name="recent">The last days of a version.</param>
    /// <param name="errors">How well past estimates held.</param>
    public static IEnumerable<LostEstimate> EstimatedLost(GateSpec gates, VersionQuality recent, IReadOnlyList<EstimateError> errors)
    {
        if (recent.Predictions < MinEstimated)
            yield break;
        foreach (var (name, bounds) in gates.Metrics)
        {
            if (name == CalibrationError || !recent.Estimate.TryGetValue(name, out var estimate))
                continue;
            var known = errors.FirstOrDefault(error => error.Metric == name);
            var margin = known?.High ?? known?.Mean ?? 0;
            if (Lost(bounds, new(estimate, estimate - margin, estimate + margin)) is { } bound)
                yield return new(
                    recent.Version, name, estimate, margin, bound, recent.Predictions,
                    $"{name} of version {recent.Version} in the last {RecentDays} days is estimated at {GateNumber.Text(estimate)} without labels, on {recent.Predictions} predictions; its gate demands {bound}. "
                    + (known is null ? "No labels have shown yet how well such estimates hold." : $"Past estimates were off by {GateNumber.Text(known.Mean)} on average."));
        }
    }

    /// <param name="days">Of any versions.</param>
    public static IReadOnlyList<EstimateError> Errors(IEnumerable<VersionQuality> days) =>
    [
        .. days.Where(day => day.Day is not null && day.Labels >= QualityTally.MinLabels && day.Coverage >= MinCoverage)
            .SelectMany(day => day.Estimate.Where(one => day.Metrics.ContainsKey(one.Key)).Select(one => (one.Key, Error: Math.Abs(one.Value - day.Metrics[one.Key].Value))))
            .GroupBy(one => one.Key, one => one.Error, StringComparer.Ordinal)
            .Select(errors => Error(errors.Key, [.. errors])),
    ];

    private static EstimateError Error(string metric, double[] errors)
    {
        var mean = errors.Average();
        if (errors.Length < MinDays)
            return new(metric, errors.Length, mean, null, null);
        var half = StudentT.Quantile975(errors.Length - 1) * Math.Sqrt(errors.Sum(error => (error - mean) * (error - mean)) / (errors.Length - 1) / errors.Length);
        return new(metric, errors.Length, mean, Math.Max(0, mean - half), mean + half);
    }

    /// <summary>
    /// A calibration error is a sum of absolute values: resamples exceed it as it exceeds the truth. Its lower bound is that of the basic bootstrap, which
    /// takes as much away as the resamples add.
    /// </summary>
    private static Metric? Judged(string name, IReadOnlyDictionary<string, Metric> metrics, long labels)
    {
        if (metrics.GetValueOrDefault(name) is not { } metric || name != CalibrationError)
            return metrics.GetValueOrDefault(name);
        return labels >= MinCalibrationLabels && metric.High is { } high ? metric with { Low = Math.Max(0, (2 * metric.Value) - high) } : null;
    }

    /// <returns>The bound that the whole interval misses; null if some of it does not.</returns>
    private static string? Lost(Bounds bounds, Metric metric) =>
        bounds.AtLeast is { } least && metric.High < least ? $">= {GateNumber.Text(least)}"
        : bounds.AtMost is { } most && metric.Low > most ? $"<= {GateNumber.Text(most)}"
        : null;

    private static LostMetric Of(VersionQuality judged, string? slice, string name, Metric metric, string bound, long labels)
    {
        var when = judged.Day is { } day ? FormattableString.Invariant($"on {day:yyyy-MM-dd}") : $"in the last {RecentDays} days";
        return new(
            judged.Version, judged.Day, slice, name, metric.Value, metric.Low!.Value, metric.High!.Value, bound, labels,
            $"{name} of version {judged.Version}{(slice is null ? "" : $", {slice},")} {when} is {GateNumber.Text(metric.Value)} on {labels} labels, " +
            $"with a 95 % interval of {GateNumber.Text(metric.Low.Value)} to {GateNumber.Text(metric.High.Value)}; its gate demands {bound}.");
    }
}
