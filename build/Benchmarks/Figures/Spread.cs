namespace Slipway.Benchmarks.Figures;

/// <summary>The median of several rounds, with the smallest and the largest value.</summary>
public readonly record struct Spread(double Median, double Least, double Most)
{
    /// <param name="values">At least one value.</param>
    public static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        var half = sorted.Length / 2;
        return new(sorted.Length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2, sorted[0], sorted[^1]);
    }

    /// <summary>The ratio round by round, because what slows the machine down for a while affects both.</summary>
    public static Spread Ratio(IReadOnlyList<double> ones, IReadOnlyList<double> others) => ones.Count == others.Count
        ? Of(ones.Zip(others, (one, other) => one / other))
        : throw new ArgumentException("Both need the same number of rounds.", nameof(others));
}
