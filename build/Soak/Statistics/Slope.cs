namespace Slipway.Soak.Statistics;

/// <summary>
/// The slope of a series by least squares, with its 95 % interval. Neighbouring samples of a process's memory resemble each other, which would make
/// the interval too narrow, so the line is fitted to the means of blocks.
/// </summary>
/// <param name="PerUnit">By how much the value grows with each unit of x.</param>
public readonly record struct Slope(double PerUnit, double Lower, double Upper)
{
    private const int Blocks = 20;

    // Student's t for 18 degrees of freedom, 97.5 %
    private const double T = 2.10092204024;

    /// <summary>Whether the series grows: zero is below the interval.</summary>
    public bool Grows => Lower > 0;

    /// <param name="samples">In the order of x; those that do not fill the last block are left out.</param>
    /// <exception cref="ArgumentException">There are fewer samples than blocks.</exception>
    public static Slope Of(IReadOnlyList<(double X, double Y)> samples)
    {
        var size = samples.Count / Blocks;
        if (size == 0)
            throw new ArgumentException($"A slope needs at least {Blocks} samples, not {samples.Count}.", nameof(samples));
        (double X, double Y)[] means = [.. samples.Take(size * Blocks).Chunk(size).Select(block => (block.Average(sample => sample.X), block.Average(sample => sample.Y)))];
        var (x, y) = (means.Average(mean => mean.X), means.Average(mean => mean.Y));
        var spread = means.Sum(mean => (mean.X - x) * (mean.X - x));
        var slope = means.Sum(mean => (mean.X - x) * (mean.Y - y)) / spread;
        var rest = means.Sum(mean => Square(mean.Y - y - slope * (mean.X - x)));
        var half = T * Math.Sqrt(rest / (Blocks - 2) / spread);
        return new(slope, slope - half, slope + half);
    }

    private static double Square(double value) => value * value;
}
