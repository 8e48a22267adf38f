namespace Slipway.Registry.Monitoring.Drift;

/// <summary>
/// Merges bins until each is large enough, in the baseline and in a window of a given size, for the chi-square distribution to hold. It depends only on the
/// baseline and on the number of values, never on the values.
/// </summary>
public static class BinGroups
{
    /// <summary>How many values a group must have in the baseline, and is expected to have in a window.</summary>
    public const int MinExpected = 25;

    /// <summary>More would cost power: a shift moves neighboring bins together.</summary>
    public const int MaxOfNumbers = 10;

    /// <returns>The group of each bin, from 0; neighbors share one.</returns>
    public static int[] OfNumbers(IReadOnlyList<long> baseline, long values)
    {
        var total = baseline.Sum();
        var least = Math.Max(total / (double)MaxOfNumbers, Least(total, values));
        var groups = new int[baseline.Count];
        var (group, inGroup, left) = (0, 0.0, (double)total);
        for (var bin = 0; bin < groups.Length; bin++)
        {
            // half a bin too little is better than a whole one too much
            if (inGroup > 0 && inGroup + baseline[bin] / 2.0 >= least && inGroup >= Least(total, values) && left >= Least(total, values))
                (group, inGroup) = (group + 1, 0);
            groups[bin] = group;
            inGroup += baseline[bin];
            left -= baseline[bin];
        }

        return groups;
    }

    /// <returns>The group of each category; those that are too rare share one with all unknown ones, which are last.</returns>
    public static int[] OfCategories(IReadOnlyList<long> baseline, long values)
    {
        var total = baseline.Sum();
        var least = Least(total, values);
        var groups = new int[baseline.Count];
        var (next, rare) = (1, 0L);
        var (smallest, smallestCount) = (0, long.MaxValue);
        for (var i = 0; i < groups.Length; i++)
        {
            if (i == groups.Length - 1 || baseline[i] < least)
            {
                rare += baseline[i];
                continue;
            }

            if (baseline[i] < smallestCount)
                (smallest, smallestCount) = (next, baseline[i]);
            groups[i] = next++;
        }

        // group 0 is too small to stand alone: it joins the smallest of the others
        if (rare < least)
            for (var i = 0; i < groups.Length; i++)
                groups[i] = Math.Max(0, (groups[i] == 0 ? smallest : groups[i]) - 1);
        return groups;
    }

    public static double[] Sum(IReadOnlyList<double> counts, int[] groups)
    {
        var sums = new double[groups.Length == 0 ? 0 : groups.Max() + 1];
        for (var bin = 0; bin < groups.Length; bin++)
            sums[groups[bin]] += counts[bin];
        return sums;
    }

    private static double Least(long total, long values) => MinExpected * Math.Max(1, values == 0 ? double.PositiveInfinity : total / (double)values);
}
