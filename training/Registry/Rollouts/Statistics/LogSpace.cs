namespace Slipway.Registry.Rollouts.Statistics;

/// <summary>E-values overflow and underflow soon, so that they are kept as natural logarithms.</summary>
public static class LogSpace
{
    /// <summary>ln of the mean of the values whose logarithms these are.</summary>
    public static double LnMean(params ReadOnlySpan<double> logarithms)
    {
        var greatest = double.NegativeInfinity;
        foreach (var logarithm in logarithms)
            greatest = Math.Max(greatest, logarithm);
        var sum = 0.0;
        foreach (var logarithm in logarithms)
            sum += Math.Exp(logarithm - greatest);
        return greatest + Math.Log(sum / logarithms.Length);
    }
}
