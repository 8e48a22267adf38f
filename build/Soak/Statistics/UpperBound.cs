namespace Slipway.Soak.Statistics;

/// <summary>The one-sided exact 95 % upper bound of a failure probability (Clopper and Pearson): 1 - 0.05^(1/n), about 3/n, without failures.</summary>
public static class UpperBound
{
    private const double Tail = 0.05;
    private const int Halvings = 60;

    /// <returns>1 without trials.</returns>
    public static double Of(long failures, long trials)
    {
        if (trials == 0 || failures >= trials)
            return 1;
        if (failures == 0)
            return 1 - Math.Pow(Tail, 1.0 / trials);
        var (low, high) = (0.0, 1.0);
        for (var halving = 0; halving < Halvings; halving++)
        {
            var middle = (low + high) / 2;
            (low, high) = AtMost(failures, trials, middle) > Tail ? (middle, high) : (low, middle);
        }

        return high;
    }

    /// <summary>P(Bin(trials, p) &lt;= failures), term by term: failures are few.</summary>
    private static double AtMost(long failures, long trials, double p)
    {
        var ln = trials * Math.Log(1 - p);
        var sum = Math.Exp(ln);
        for (var k = 1L; k <= failures; k++)
        {
            ln += Math.Log((double)(trials - k + 1) / k) + Math.Log(p) - Math.Log(1 - p);
            sum += Math.Exp(ln);
        }

        return sum;
    }
}
