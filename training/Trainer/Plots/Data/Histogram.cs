namespace Slipway.Trainer.Plots.Data;

/// <summary>Counts values in bins of equal width. Values beyond the ends are counted in the outermost bins.</summary>
public sealed record Histogram(double Low, double High, int[] Counts)
{
    public double BinWidth => (High - Low) / Counts.Length;

    public static Histogram Of(IEnumerable<double> values, double low, double high, int bins)
    {
        var counts = new int[bins];
        foreach (var value in values)
            if (double.IsFinite(value))
                counts[(int)Math.Clamp((value - low) / (high - low) * bins, 0, bins - 1)]++;
        return new(low, high, counts);
    }
}
