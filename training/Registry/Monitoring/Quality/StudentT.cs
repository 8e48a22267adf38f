namespace Slipway.Registry.Monitoring.Quality;

/// <summary>Quantiles of Student's t distribution.</summary>
internal static class StudentT
{
    // from the tables; they end where the expansion is right to the third digit
    private static readonly double[] Table = [12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622];

    /// <summary>97.5 %.</summary>
    public static double Quantile975(int degrees)
    {
        if (degrees <= Table.Length)
            return Table[degrees - 1];
        // R. Fisher and E. Cornish, 1960: the first terms of the expansion around the normal distribution
        const double z = TallyIntervals.Normal975;
        var (z3, z5, n) = (z * z * z, z * z * z * z * z, (double)degrees);
        return z + ((z3 + z) / (4 * n)) + (((5 * z5) + (16 * z3) + (3 * z)) / (96 * n * n));
    }
}
