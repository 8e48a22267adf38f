namespace Slipway.Trainer.Plots.Data;

/// <summary>Compares predicted probabilities with observed frequencies, in the ten bins of equal width of the expected calibration error; empty bins are omitted.</summary>
public static class CalibrationBins
{
    public const int Count = 10;

    /// <param name="probabilities">0 to 1.</param>
    /// <param name="hits">Whether the predicted event occurred.</param>
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

/// <param name="Center">The center of the bin.</param>
/// <param name="Foretold">The mean predicted probability.</param>
/// <param name="Observed">The share of rows in which the event occurred.</param>
public sealed record CalibrationBin(double Center, int Rows, double Foretold, double Observed);
