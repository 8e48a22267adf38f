namespace Slipway.Registry.Monitoring.Quality;

/// <summary>
/// Bins of probabilities, of equal width in their logarithmic odds, so that they are narrow where the classes are rare. A bin that contains the threshold
/// is split there, so that every bin has one decision.
/// </summary>
internal static class ScoreBins
{
    /// <summary>How many there are, the split one included.</summary>
    public const int Count = (int)(2 * MaxLogOdds * PerUnit) + 1;

    private const double MaxLogOdds = 16;
    private const int PerUnit = 16;

    public static int Of(double score, bool decision)
    {
        var odds = Math.Log(score / (1 - score));
        // the odds of 0 and 1 are infinite
        var bin = (int)Math.Clamp((Math.Clamp(odds, -MaxLogOdds, MaxLogOdds) + MaxLogOdds) * PerUnit, 0, Count - 2);
        return decision ? bin + 1 : bin;
    }
}
