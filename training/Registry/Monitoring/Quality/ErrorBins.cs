namespace Slipway.Registry.Monitoring.Quality;

/// <summary>Bins of absolute errors, each at most 4.5 % wide, for their median.</summary>
internal static class ErrorBins
{
    public const int Count = (2 * MaxPower * PerPower) + 1;

    private const int MaxPower = 40; // of two, up and down
    private const int PerPower = 16;

    public static int Of(double error) =>
        error <= 0 ? 0 : 1 + (int)Math.Clamp((Math.Log2(error) + MaxPower) * PerPower, 0, Count - 2);

    /// <summary>At most 2.2 % from every error in the bin.</summary>
    public static double Middle(int bin) => bin == 0 ? 0 : Math.Pow(2, ((bin - 0.5) / PerPower) - MaxPower);
}
