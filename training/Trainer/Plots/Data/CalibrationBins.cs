namespace Slipway.Trainer.Plots.Data;

/// <summary>Do probabilities mean what they say? Ten bins of equal width, as the expected calibration error has them; empty ones are left out.</summary>
public static class CalibrationBins
{
    public const int Count = 10;

    /// <param name="probabilities">0 to 1.</param>
    /// <param name="hits">Whether what was foretold came true.</param>
    public static IReadOnlyList<CalibrationBin> Of(ReadOnlySpan<float> probabilities, ReadOnlySpan<bool> hits)
    {
        var (rows, sums, happened) = (new int[Count], new double[Count], new int[Count]);
        for (var row = 0; row < probabilities.Length; row++)
        {
            var bin = Math.Clamp((int)(probabilities[row] * Count), 0, Count - 1);
            rows[bin]++;
            sums[bin] += probabilities[row];
            happened[bin] += hits[row] ? 1 : 0;
        }

        return [.. Enumerable.Range(0, Count).Where(bin => rows[bin] > 0)
            .Select(bin => new CalibrationBin((bin + 0.5) / Count, rows[bin], sums[bin] / rows[bin], (double)happened[bin] / rows[bin]))];
    }
}

/// <param name="Center">Of the bin.</param>
/// <param name="Foretold">Mean probability.</param>
/// <param name="Observed">Share of rows where it came true.</param>
public sealed record CalibrationBin(double Center, int Rows, double Foretold, double Observed);
