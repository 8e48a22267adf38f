using Slipway.Benchmarks.Load;

namespace Slipway.Benchmarks.Figures;

/// <summary>One contestant at a fixed rate of arrivals.</summary>
/// <param name="Percent">The rate, in percent of what the subject completes in a closed loop.</param>
/// <param name="Rate">Requests per second.</param>
/// <param name="At">Null if the contestant cannot serve this rate.</param>
public sealed record RateFigures(int Percent, double Rate, LatenciesAtRate? At)
{
    // close to what a contestant can do at all, its queue only shows how long the window was
    private const double MostOfCapacity = 0.95;

    public static bool CanServe(double capacity, double rate) => rate <= capacity * MostOfCapacity;
}

/// <summary>From when a request was due to the end of its response.</summary>
/// <param name="ProcessorSeconds">The contestant's CPU time per 1,000 requests.</param>
public sealed record LatenciesAtRate(long Requests, double P50Microseconds, double P99Microseconds, double P999Microseconds, double ProcessorSeconds)
{
    public static LatenciesAtRate Of(LoadResult result) => new(
        result.Requests, result.P50Microseconds, result.P99Microseconds, result.P999Microseconds, result.ProcessorSeconds * 1000 / result.Requests);
}
