namespace Slipway.Gateway.Replicas;

/// <summary>The last answers of one server to requests for one model.</summary>
public sealed class ServerAnswers
{
    // halved beyond: a server that was fine all day is judged by how it is now
    private const int MaxRequests = 64;

    public int Good { get; private set; }
    public int Bad { get; private set; }

    /// <summary>Consecutive bad ones, up to now.</summary>
    public int BadInARow { get; private set; }

    public int All => Good + Bad;

    public void Count(bool isBad)
    {
        (Good, Bad, BadInARow) = isBad ? (Good, Bad + 1, BadInARow + 1) : (Good + 1, Bad, 0);
        if (All >= MaxRequests)
            (Good, Bad) = (Good / 2, Bad / 2);
    }
}

/// <summary>Whether a server's answers are bad far beyond those of its color's other healthy servers. Pure.</summary>
public static class OutlierPolicy
{
    // one that answers a request now and then says little
    private const int FewestAnswersOfOthers = 5;
    private const int TimesAsBad = 4;

    // without five in a row: a fifth of so many answers, on both sides
    private const int FewestAnswers = 32;
    private const int OneIn = 5;

    public static bool IsOutlier(ServerAnswers own, IReadOnlyList<ServerAnswers> others)
    {
        if (!others.Any(other => other is { BadInARow: 0, Good: > 0 }))
            return false;
        var (bad, all) = (others.Sum(other => other.Bad), others.Sum(other => other.All));
        var isFailing = own.BadInARow >= OutlierDetector.BadInARow && all >= FewestAnswersOfOthers;
        var isUnreliable = own.All >= FewestAnswers && all >= FewestAnswers && OneIn * own.Bad >= own.All;
        // as rates, multiplied out
        return (isFailing || isUnreliable) && (long)own.Bad * all >= (long)TimesAsBad * bad * own.All;
    }
}
