using Slipway.Benchmarks.Load;

namespace Slipway.Benchmarks.Figures;

/// <summary>The results of one contestant in one round.</summary>
/// <param name="ProcessorSeconds">Its CPU time per 1,000 requests, without that of the servers behind it.</param>
/// <param name="GeneratorSeconds">The load generator's CPU time per 1,000 requests; it uses the same cores.</param>
public sealed record Round(long Requests, double RequestsPerSecond, double P50Microseconds, double P99Microseconds, double ProcessorSeconds, double GeneratorSeconds)
{
    public static Round Of(LoadResult result) => new(
        result.Requests, result.Requests / result.Seconds, result.P50Microseconds, result.P99Microseconds,
        result.ProcessorSeconds * 1000 / result.Requests, result.GeneratorSeconds * 1000 / result.Requests);
}
