using Slipway.Build.Benchmarks.Load;

namespace Slipway.Build.Benchmarks.Figures;

/// <summary>What one contestant did in the window of one round.</summary>
/// <param name="ProcessorSeconds">Its processor time for 1,000 requests, without that of whom it asks.</param>
/// <param name="GeneratorSeconds">The load generator's for the same: it takes from the same cores.</param>
public sealed record Round(long Requests, double RequestsPerSecond, double P50Microseconds, double P99Microseconds, double ProcessorSeconds, double GeneratorSeconds)
{
    public static Round Of(LoadResult result) => new(
        result.Requests, result.Requests / result.Seconds, result.P50Microseconds, result.P99Microseconds,
        result.ProcessorSeconds * 1000 / result.Requests, result.GeneratorSeconds * 1000 / result.Requests);
}
