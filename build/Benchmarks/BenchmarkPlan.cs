namespace Slipway.Benchmarks;

/// <summary>How much is measured. In a round, every contestant is measured for one window.</summary>
/// <param name="WarmUp">Once per contestant, so that the JIT compilers have optimized the hot paths.</param>
/// <param name="Settle">Before each window; not measured.</param>
/// <param name="Connections">Each sends the next request when it has the response to the last.</param>
/// <param name="TrainingJobs">At least two, because the swaps alternate between their versions.</param>
/// <param name="SwapConnections">Fewer, because the cost of a swap is visible only while a server has capacity to spare.</param>
/// <param name="SwapWindow">Longer than a server takes to notice that a channel has moved.</param>
public sealed record BenchmarkPlan(
    string Name, int Rounds, TimeSpan WarmUp, TimeSpan Settle, TimeSpan Window, int Connections, int TrainingJobs, int Swaps, int SwapConnections, TimeSpan SwapWindow)
{
    public static BenchmarkPlan Full { get; } = new(
        "full", Rounds: 5, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(0.3), TimeSpan.FromSeconds(2), Connections: 32,
        TrainingJobs: 3, Swaps: 8, SwapConnections: 4, TimeSpan.FromSeconds(2.5));

    public static BenchmarkPlan Quick { get; } = new(
        "quick", Rounds: 3, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(0.3), Connections: 32,
        TrainingJobs: 2, Swaps: 2, SwapConnections: 4, TimeSpan.FromSeconds(2));
}
