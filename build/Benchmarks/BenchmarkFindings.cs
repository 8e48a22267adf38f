using Slipway.Benchmarks.Figures;
using Slipway.Benchmarks.Machine;

namespace Slipway.Benchmarks;

/// <summary>All results of a benchmark: <c>artifacts/benchmarks/benchmark.json</c>.</summary>
/// <param name="Plan"><c>full</c> or <c>quick</c>.</param>
/// <param name="Swaps">Null if they were not requested.</param>
/// <param name="Training">Null if it was not requested.</param>
/// <param name="Only">The names of the comparisons that were requested; null if all were.</param>
public sealed record BenchmarkFindings(
    string Plan, MachineFacts Machine, string Model, IReadOnlyList<Comparison> Comparisons, SwapFigures? Swaps, TrainingFigures? Training,
    IReadOnlyList<TrainingComparison> TrainingComparisons, IReadOnlyList<string>? Only = null);
