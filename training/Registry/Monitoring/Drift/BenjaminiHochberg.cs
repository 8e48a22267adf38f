namespace Slipway.Registry.Monitoring.Drift;

/// <summary>Benjamini-Hochberg: which of several p-values count, so that on average at most a given share of those that count are false.</summary>
/// <remarks>If none of the hypotheses is false, the probability that any of independent or positively dependent p-values counts is at most that share.</remarks>
public static class BenjaminiHochberg
{
    /// <summary>The p-value up to which values count: at least what a single one must reach, so that a bound can be shown where none counts.</summary>
    public static double Threshold(IReadOnlyList<double> values, double rate)
    {
        if (values.Count == 0)
            return rate;
        double[] sorted = [.. values.Order()];
        for (var k = sorted.Length; k > 1; k--)
            if (sorted[k - 1] <= rate * k / sorted.Length)
                return rate * k / sorted.Length;
        return rate / sorted.Length;
    }

    /// <summary>Each value as the smallest rate at which it counts.</summary>
    public static IReadOnlyList<double> Adjusted(IReadOnlyList<double> values)
    {
        int[] order = [.. Enumerable.Range(0, values.Count).OrderBy(i => values[i])];
        var adjusted = new double[values.Count];
        var least = 1.0;
        for (var k = order.Length; k >= 1; k--)
            adjusted[order[k - 1]] = least = Math.Min(least, values[order[k - 1]] * values.Count / k);
        return adjusted;
    }
}
