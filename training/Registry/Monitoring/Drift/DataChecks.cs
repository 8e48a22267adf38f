using Slipway.Registry.Models;

namespace Slipway.Registry.Monitoring.Drift;

/// <summary>
/// What breaks most often, counted exactly: each count is a problem if it is far beyond what the training data lets expect, and large enough to matter. Pure.
/// </summary>
internal static class DataChecks
{
    /// <summary>Below it nobody needs to look, however certain it is.</summary>
    private const double MinShare = 0.01;

    /// <param name="alpha">The probability of any false problem among all columns.</param>
    public static IEnumerable<DataCheckResult> Of(FeatureBaseline baseline, DriftWindow window, double alpha)
    {
        // four checks of each column share it
        var each = alpha / (4.0 * Math.Max(1, window.Columns.Count));
        return window.Columns.Zip(baseline.Columns).SelectMany(pair => Of(pair.First, pair.Second, window, each)).Where(result => result.Count > 0);
    }

    private static IEnumerable<DataCheckResult> Of(ColumnCounts column, ColumnBaseline baseline, DriftWindow window, double alpha)
    {
        var values = column.Counts.Sum();
        var trained = baseline.Counts.Sum();
        var rows = trained + baseline.Missing;
        yield return Result(
            column.Name, DataCheck.Missing, column.Missing, window.Rows, baseline.Missing / (double)Math.Max(1, rows), alpha, baseline.Missing + 1, trained + 1);
        yield return Result(column.Name, DataCheck.TypeFailure, column.TypeFailures, window.Rows + column.TypeFailures, 0, alpha, 1, rows + 1);
        if (baseline.Kind == ColumnKind.Categorical)
            // Good and Turing: what was seen once is about as frequent as what was not seen
            yield return Result(column.Name, DataCheck.NewCategory, column.Counts[^1], values, 0, alpha, 1 + baseline.Counts.Count(count => count == 1), trained + 1);
        else
            // a new value is below the least of m or above the greatest with a probability of 2 / (m + 1), whatever the distribution
            yield return Result(column.Name, DataCheck.OutOfRange, column.OutOfRange, values, 0, alpha, 2, Math.Max(1, trained - 1));
        yield return Constant(column, baseline, values, trained, alpha);
    }

    private static DataCheckResult Result(string name, DataCheck check, long count, long of, double expected, double alpha, double a, double b)
    {
        var share = count / (double)Math.Max(1, of);
        var isProblem = share > expected + MinShare && BetaBinomial.AtLeast(count, of, a, b) <= alpha;
        return new(name, check, count, share, expected, isProblem);
    }

    /// <summary>Beyond chance if so many values in a row of one bin are.</summary>
    private static DataCheckResult Constant(ColumnCounts column, ColumnBaseline baseline, long values, long trained, double alpha)
    {
        var bin = values > 0 && column.Counts.Count == baseline.Counts.Count ? column.Counts.IndexOf(values) : -1;
        var isConstant = bin >= 0 && (baseline.Kind == ColumnKind.Categorical || column.Minimum == column.Maximum);
        if (!isConstant)
            return new(column.Name, DataCheck.Constant, 0, 0, 0, Problem: false);
        var expected = baseline.Counts[bin];
        var isProblem = expected < trained && BetaBinomial.AtLeast(values, values, expected + 1, trained - expected + 1) <= alpha;
        return new(column.Name, DataCheck.Constant, values, 1, expected / (double)Math.Max(1, trained), isProblem);
    }

    private static int IndexOf(this IReadOnlyList<long> counts, long value)
    {
        for (var i = 0; i < counts.Count; i++)
            if (counts[i] == value)
                return i;
        return -1;
    }
}
