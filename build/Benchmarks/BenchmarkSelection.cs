using Slipway.Build.Cli.Benchmarks;

namespace Slipway.Benchmarks;

/// <summary>Which comparisons run, and what they need. Pure.</summary>
/// <param name="Names">Of <see cref="ComparisonNames"/>, in the order in which they run.</param>
/// <param name="IsPartial">Whether some were named; a name that only a full run has is then part of a quick one too.</param>
/// <param name="TrainingJobs">Each registers a version.</param>
public sealed record BenchmarkSelection(IReadOnlyList<string> Names, bool IsPartial, int TrainingJobs)
{
    private static readonly string[] Models = [ComparisonNames.Tensor, ComparisonNames.Linear, ComparisonNames.Network];

    /// <param name="only">Names, separated by commas; null for all of the plan.</param>
    public static BenchmarkSelection Of(string? only, BenchmarkPlan plan)
    {
        if (only is null)
            return new([.. ComparisonNames.All.Except(NotIn(plan))], IsPartial: false, plan.TrainingJobs);
        var named = ComparisonNames.Split(only);
        // only swaps need versions to swap between, and only the time of a job needs several
        var jobs = named.Contains(ComparisonNames.Swap) || named.Contains(ComparisonNames.Training) ? plan.TrainingJobs : 1;
        return new([.. ComparisonNames.All.Where(named.Contains)], IsPartial: true, jobs);
    }

    /// <summary>Whether anything but training is measured.</summary>
    public bool NeedsFleet => Names.Any(name => name != ComparisonNames.Training);

    /// <summary>The models that are compared in addition to the one that the benchmark is about.</summary>
    public IReadOnlyList<string> OtherModels => [.. Models.Skip(1).Where(model => RowsOf(model).Count > 0)];

    public bool Includes(string name) => Names.Contains(name);

    /// <summary>Rows per request for one of the models; each number is a comparison.</summary>
    public IReadOnlyList<int> RowsOf(string model) => [.. BenchmarkPlan.Full.RowsOf(model).Where(rows => Includes(ComparisonNames.OfRows(model, rows)))];

    private static IEnumerable<string> NotIn(BenchmarkPlan plan) =>
        from model in Models
        from rows in BenchmarkPlan.Full.RowsOf(model).Except(plan.RowsOf(model))
        select ComparisonNames.OfRows(model, rows);
}
