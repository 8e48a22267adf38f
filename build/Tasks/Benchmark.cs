using Slipway.Build.Cli;
using Slipway.Build.Cli.Benchmarks;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Environments;
using Slipway.Build.Tools;

namespace Slipway.Build.Tasks;

[TaskDescription("Measures speed and memory of server, gateway, swap and training next to alternatives, and reports ratios.")]
[IsDependentOn(typeof(BuildRelease))]
[IsDependentOn(typeof(BuildContestants))]
[Takes(nameof(Arguments.Model))]
[Takes(nameof(Arguments.Dataset))]
[Takes(nameof(Arguments.Quick))]
[Takes(nameof(Arguments.Only))]
public sealed class Benchmark : AsyncFrostingTask<BuildContext>
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromMinutes(1);

    public override async Task RunAsync(BuildContext context)
    {
        using var stop = new StopSignal();
        await stop.RunAsync(token => RunAsync(context, token), "Stopped before the end of the measurement: there are no results.");
    }

    private static async Task RunAsync(BuildContext context, CancellationToken cancellation)
    {
        var request = new BenchmarkRequest(
            context.Paths.Root, context.Environments.BenchmarkFolder, context.Models.Name, context.ExistingFile(Arguments.Dataset), context.IsSet(Arguments.Quick),
            context.Settings.Local, context.Git.Source(), context.By, context.Git.Refusal, context.Value(Arguments.Only));
        var program = Path.Combine(context.Paths.Output(Paths.BenchmarkPrograms, DotNetTool.Configuration), "Slipway.Benchmarks.dll");
        await new MeasuringProgram("benchmark", StopTimeout, context.Report.Close, TimeProvider.System).RunAsync(["dotnet", program, "run", request.ToJson()], cancellation);

        var results = new BenchmarkResults(context.Paths.Benchmarks);
        context.Job.Summarize(results.Summary());
        if (results.Warning() is { } warning)
            context.Report.Close(warning);
        context.Report.Close($"All results: {context.Paths.Relative(results.Markdown)} and {BenchmarkResults.JsonName}");
    }
}
