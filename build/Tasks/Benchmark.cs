using Slipway.Build.Benchmarks;
using Slipway.Build.Benchmarks.Reports;
using Slipway.Build.Cli;

namespace Slipway.Build.Tasks;

[TaskDescription("Measures speed and memory of server, gateway, swap and training next to alternatives, and reports ratios.")]
[IsDependentOn(typeof(BuildRelease))]
[IsDependentOn(typeof(BuildContestants))]
[Takes(nameof(Arguments.Model))]
[Takes(nameof(Arguments.Dataset))]
[Takes(nameof(Arguments.Quick))]
public sealed class Benchmark : AsyncFrostingTask<BuildContext>
{
    public override async Task RunAsync(BuildContext context)
    {
        using var stop = new StopSignal();
        await stop.RunAsync(token => RunAsync(context, token), "Stopped before the end of the measurement: there are no results, and nothing is left running.");
    }

    private static async Task RunAsync(BuildContext context, CancellationToken cancellation)
    {
        var plan = context.IsSet(Arguments.Quick) ? BenchmarkPlan.Quick : BenchmarkPlan.Full;
        var (model, dataset) = (context.Models.Folder, context.ExistingFile(Arguments.Dataset));
        await using var place = await context.Environments.OpenBenchmarkAsync();
        var findings = await new BenchmarkRun(context, place, plan, model, dataset).RunAsync(cancellation);
        var report = BenchmarkMarkdown.Of(findings);
        BenchmarkFiles.Write(context.Paths.Benchmarks, findings, report);
        context.Job.Summarize(report);
        context.Report.ShowBenchmark(findings, context.Paths.Relative(context.Paths.Benchmarks));
    }
}
