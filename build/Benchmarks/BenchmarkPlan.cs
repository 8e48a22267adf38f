using Slipway.Benchmarks.Training;
using Slipway.Build.Cli.Benchmarks;

namespace Slipway.Benchmarks;

/// <summary>How much is measured. In a round, every contestant is measured for one window.</summary>
/// <param name="WarmUp">Once per contestant, so that the JIT compilers have optimized the hot paths.</param>
/// <param name="Settle">Before each window; not measured.</param>
/// <param name="Connections">Each sends the next request when it has the response to the last.</param>
/// <param name="TrainingJobs">At least three: each swap is to a version that is no longer loaded, and back to the one before, which still is.</param>
/// <param name="Swaps">To another version; each is followed by one back.</param>
/// <param name="SwapConnections">Fewer, because the cost of a swap is visible only while a server has capacity to spare.</param>
/// <param name="SwapWindow">Longer than a server takes to notice that a channel has moved.</param>
/// <param name="Rates">Fixed rates, in percent of what the subject completes in a closed loop.</param>
/// <param name="RateWindow">For each contestant at each rate.</param>
/// <param name="Rows">Rows per request, in a comparison for each.</param>
/// <param name="RowsOfOthers">The same for the models that are compared in addition.</param>
/// <param name="Tables">What is trained next to another library.</param>
public sealed record BenchmarkPlan(
    string Name, int Rounds, TimeSpan WarmUp, TimeSpan Settle, TimeSpan Window, int Connections, int TrainingJobs, int Swaps, int SwapConnections, TimeSpan SwapWindow,
    IReadOnlyList<int> Rates, TimeSpan RateWindow, IReadOnlyList<int> Rows, IReadOnlyList<int> RowsOfOthers, IReadOnlyList<SyntheticTable> Tables)
{
    // a window has to have several responses of the slowest contestant
    private const int ConnectionsForManyRows = 4;
    private static readonly TimeSpan WindowForManyRows = TimeSpan.FromSeconds(1);

    public static BenchmarkPlan Full { get; } = new(
        "full", Rounds: 5, TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(0.3), TimeSpan.FromSeconds(2), Connections: 32,
        TrainingJobs: 3, Swaps: 5, SwapConnections: 4, TimeSpan.FromSeconds(2.5),
        Rates: [25, 50, 80], RateWindow: TimeSpan.FromSeconds(4), Rows: [1, 64, 4096], RowsOfOthers: [1, 64],
        Tables: [new(10_000, 20), new(100_000, 20), new(100_000, 100), new(1_000_000, 20)]);

    public static BenchmarkPlan Quick { get; } = new(
        "quick", Rounds: 3, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(0.3), Connections: 32,
        TrainingJobs: 3, Swaps: 1, SwapConnections: 4, TimeSpan.FromSeconds(2),
        Rates: [25, 50, 80], RateWindow: TimeSpan.FromSeconds(0.5), Rows: [1, 64, 4096], RowsOfOthers: [1],
        Tables: [new(10_000, 20)]);

    /// <summary>The same for requests of so many rows: fewer connections and longer windows, and no fixed rates, if there are many.</summary>
    public BenchmarkPlan For(int rows) => rows == 1 ? this : this with
    {
        Connections = ConnectionsForManyRows,
        WarmUp = Longer(WarmUp, WindowForManyRows),
        Window = Longer(Window, WindowForManyRows),
        Rates = [],
    };

    /// <summary>Rows per request for a model, by its name among the comparisons.</summary>
    public IReadOnlyList<int> RowsOf(string model) => model == ComparisonNames.Tensor ? Rows : RowsOfOthers;

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
