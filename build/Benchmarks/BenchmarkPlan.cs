namespace Slipway.Build.Benchmarks;

/// <summary>How much is measured. A round lets every contestant answer for one window.</summary>
/// <param name="WarmUp">Of each contestant once, until the JIT compilers have done what they do.</param>
/// <param name="Settle">Before each window: not counted.</param>
/// <param name="Connections">Each asks again when it has its answer.</param>
/// <param name="TrainingJobs">At least two: the swaps go to and fro between their versions.</param>
/// <param name="SwapConnections">Fewer: what a swap costs shows where a server has time left.</param>
/// <param name="SwapWindow">Longer than a server takes to notice that a pointer moved.</param>
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
