namespace Slipway.Build.Benchmarks.Figures;

/// <summary>The median of what several rounds gave, and how far they lie apart.</summary>
public readonly record struct Spread(double Median, double Least, double Most)
{
    /// <param name="values">At least one.</param>
    public static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        var half = sorted.Length / 2;
        return new(sorted.Length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2, sorted[0], sorted[^1]);
    }

    /// <summary>One to the other, round by round: what slowed the machine down for a while slowed both.</summary>
    public static Spread Ratio(IReadOnlyList<double> ones, IReadOnlyList<double> others) => ones.Count == others.Count
        ? Of(ones.Zip(others, (one, other) => one / other))
        : throw new ArgumentException("Each round has one of both.", nameof(others));
}
