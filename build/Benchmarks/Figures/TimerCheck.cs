namespace Slipway.Benchmarks.Figures;

/// <summary>
/// Refuses figures that show a timer instead of work. A server that writes headers and body separately, with Nagle's algorithm on, has its second packet held
/// back until the client's kernel acknowledges the first, which it delays by 40 ms. Such a server is not slow, but wrongly set up. Pure.
/// </summary>
public static class TimerCheck
{
    // the kernel's delay (TCP_DELACK_MIN on Linux), with what the answer itself takes
    private const double LeastMicroseconds = 38_000;
    private const double MostMicroseconds = 50_000;

    // who works for 40 ms keeps its cores busy
    private const double BusyCores = 0.5;

    /// <returns>Why the figures are refused; null if they are not.</returns>
    public static string? Refuse(IReadOnlyList<Round> rounds)
    {
        var (latency, cores) = (Spread.Of(rounds.Select(round => round.P50Microseconds)).Median, Spread.Of(rounds.Select(Cores)).Median);
        return latency is < LeastMicroseconds or > MostMicroseconds || cores >= BusyCores ? null
            : FormattableString.Invariant($"half of its responses take {latency / 1000:0} ms, in which it uses {cores * 100:0}% of a core: it waits for a timer. Nagle's algorithm holds its second packet back until the first is acknowledged, which the kernel delays by 40 ms; TCP_NODELAY turns that off.");
    }

    private static double Cores(Round round) => round.ProcessorSeconds / 1000 * round.RequestsPerSecond;
}
