using Slipway.Registry.Models;

namespace Slipway.Registry.Monitoring.Drift;

/// <summary>
/// Whether what a model was asked, and what it answered, is still like the data that it was trained on. Pure. Every bound is the larger of an effect that
/// matters and of what chance alone reaches with so many rows, so that it holds for small windows and for large ones; Benjamini-Hochberg decides over features.
/// </summary>
public static class DriftPolicy
{
    /// <summary>Fewer values have no distance.</summary>
    public const int MinValues = 50;

    private static readonly TimeSpan Year = TimeSpan.FromDays(365.25);

    /// <summary>
    /// The probability of a false alarm in a window of this length with which a model has on average at most one a year, whether or not windows depend on each
    /// other. Distances and data checks have half of it each.
    /// </summary>
    public static double AlphaOf(TimeSpan window) => Math.Min(0.05, window / Year);

    public static DriftVerdict Evaluate(FeatureBaseline baseline, DriftWindow window)
    {
        var alpha = AlphaOf(window.Length);
        if (Misfit(baseline, window) is { } misfit)
            return Undecided(window, DriftState.NoBaseline, alpha, misfit);
        var checks = DataChecks.Of(baseline, window, alpha / 2).ToList();
        var tested = Tested(baseline, window);
        double[] p = [.. tested.Select(feature => DistanceTest.Combined(feature.Tests))];
        var threshold = BenjaminiHochberg.Threshold(p, alpha / 2);
        var features = tested.Zip(p, (feature, value) => feature.At(threshold, value)).ToList();
        var output = tested.Count > 0 && tested[^1].IsOutput ? features[^1] : null;
        if (output is not null)
            features.RemoveAt(features.Count - 1);
        var drifted = features.Append(output).Count(feature => feature?.Drifted == true);
        var state = drifted > 0 ? DriftState.Drifted
            : checks.Exists(check => check.Problem) ? DriftState.Problems
            : tested.Count == 0 ? DriftState.TooFew
            : DriftState.Stable;
        var verdict = new DriftVerdict(
            window.Model, window.Version, window.Start, window.Length, window.Start + window.Length, state, window.Rows, window.Replicas, alpha,
            features.Append(output).Select(feature => feature?.Ratio ?? 0).DefaultIfEmpty().Max(), drifted, features, output, checks, "");
        return verdict with { Sentence = DriftText.Of(verdict) };
    }

    /// <summary>For a version whose artifact has no baseline, or whose baseline cannot be had.</summary>
    public static DriftVerdict WithoutBaseline(DriftWindow window, string why) => Undecided(window, DriftState.NoBaseline, AlphaOf(window.Length), why);

    private static DriftVerdict Undecided(DriftWindow window, DriftState state, double alpha, string sentence) => new(
        window.Model, window.Version, window.Start, window.Length, window.Start + window.Length, state, window.Rows, window.Replicas, alpha, 0, 0, [], null, [], sentence);

    private static List<TestedFeature> Tested(FeatureBaseline baseline, DriftWindow window)
    {
        var tested = new List<TestedFeature>();
        var encoded = window.EncodedRows / (double)Math.Max(1, window.Rows);
        foreach (var (column, counts) in baseline.Columns.Zip(window.Columns))
            Add(column, counts, encoded, isOutput: false);
        if (baseline.Output is { } output && window.Output is { } predicted)
            Add(output, predicted, encoded: 0, isOutput: true);
        return tested;

        void Add(ColumnBaseline column, ColumnCounts counts, double encoded, bool isOutput)
        {
            var expected = Expected(column, counts, encoded);
            var values = counts.Counts.Sum();
            if (values >= MinValues && expected.Sum() >= MinValues)
                tested.Add(new(counts.Name, values, isOutput, DistanceTests.Of(column, expected, [.. counts.Counts.Select(count => (double)count)])));
        }
    }

    /// <summary>In rows that came encoded, a missing number is its imputed value.</summary>
    private static double[] Expected(ColumnBaseline column, ColumnCounts counts, double encoded)
    {
        double[] expected = [.. column.Counts.Select(count => (double)count)];
        if (counts.ImputedBin is { } bin)
            expected[bin] += encoded * column.Missing;
        return expected;
    }

    private static string? Misfit(FeatureBaseline baseline, DriftWindow window)
    {
        if (baseline.Columns.Count == 0)
            return "The baseline of this version has no columns.";
        var fits = baseline.Columns.Count == window.Columns.Count
            && baseline.Columns.Zip(window.Columns).All(pair => Fits(pair.First, pair.Second))
            && (baseline.Output is null || window.Output is null || Fits(baseline.Output, window.Output));
        return fits ? null : $"The counts do not fit the baseline of version {window.Version}: another file of this version may have been served.";
    }

    private static bool Fits(ColumnBaseline column, ColumnCounts counts) =>
        column.Name == counts.Name && column.Counts.Count == counts.Counts.Count && !(counts.ImputedBin >= counts.Counts.Count) && !(counts.ImputedBin < 0);

    private sealed record TestedFeature(string Name, long Values, bool IsOutput, IReadOnlyList<DistanceTest> Tests)
    {
        public FeatureDrift At(double threshold, double p)
        {
            DriftDistance[] distances = [.. Tests.Select(test => test.At(threshold))];
            var ratio = distances.Where(distance => distance.Decides).Select(distance => distance.Value / distance.Bound).DefaultIfEmpty().Max();
            return new(Name, ratio > 1, ratio, p, Values, distances);
        }
    }
}
