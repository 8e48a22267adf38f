namespace Slipway.Registry.Rollouts.Statistics;

/// <summary>
/// Bad and good attempts on both colors. If both rates are equal, how many of the bad ones are on the candidate, of all tables with the same totals, is
/// hypergeometric.
/// </summary>
internal sealed class AttemptTable(long candidateBad, long candidateRequests, long stableBad, long stableRequests)
{
    private readonly double _bad = candidateBad + stableBad;

    /// <summary>ln of the probability of this table.</summary>
    public double LnMass
    {
        get
        {
            var (bad, requests) = (candidateBad + stableBad, candidateRequests + stableRequests);
            if (candidateRequests == 0 || stableRequests == 0)
                return 0;
            var share = (double)candidateRequests / requests;
            return BinomialTails.LnMass(candidateBad, bad, share)
                + BinomialTails.LnMass(candidateRequests - candidateBad, requests - bad, share)
                - BinomialTails.LnMass(candidateRequests, requests, share);
        }
    }

    /// <summary>ln of the probability of each table with more bad ones on the candidate, relative to this one.</summary>
    public IEnumerable<double> Above()
    {
        var ln = 0.0;
        for (double bad = candidateBad; bad < Math.Min(_bad, candidateRequests); bad++)
            yield return ln += LnNext(bad);
    }

    /// <summary>The same for each table with fewer.</summary>
    public IEnumerable<double> Below()
    {
        var ln = 0.0;
        for (double bad = candidateBad; bad > Math.Max(0, _bad - stableRequests); bad--)
            yield return ln -= LnNext(bad - 1);
    }

    private double LnNext(double bad) => Math.Log((_bad - bad) * (candidateRequests - bad) / ((bad + 1) * (stableRequests - _bad + bad + 1)));
}
