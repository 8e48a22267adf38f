namespace Slipway.Registry.Monitoring.Drift;

/// <summary>Tails of the standard normal distribution, as the chi-square distribution with one degree of freedom has them.</summary>
public static class NormalTail
{
    /// <summary>The probability of a value that is farther from zero, on either side.</summary>
    public static double TwoSided(double z) => ChiSquare.Survival(z * z, 1);

    /// <summary>The distance from zero that is exceeded with this probability, on either side.</summary>
    public static double InverseTwoSided(double probability) => Math.Sqrt(ChiSquare.InverseSurvival(probability, 1));
}
