using Slipway.Build.Cli;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Cli.Soaking;
using Slipway.Build.Environments;
using Slipway.Build.Tools;

namespace Slipway.Build.Tasks;

[TaskDescription("Injects faults into a fleet of its own under load, and compares what callers notice with the bounds of docs/reliability.md.")]
[IsDependentOn(typeof(BuildRelease))]
[IsDependentOn(typeof(BuildSoak))]
[Takes(nameof(Arguments.Quick))]
[Takes(nameof(Arguments.Row))]
public sealed class Soak : AsyncFrostingTask<BuildContext>
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromMinutes(1);

    public override async Task RunAsync(BuildContext context)
    {
        using var stop = new StopSignal();
        await stop.RunAsync(token => RunAsync(context, token), "Stopped before the end of the soak: there are no results.");
    }

    private static async Task RunAsync(BuildContext context, CancellationToken cancellation)
    {
        var request = new SoakRequest(
            context.Paths.Root, context.Environments.SoakFolder, context.Models.Name, context.IsSet(Arguments.Quick), context.Value(Arguments.Row), SoakRequest.DefaultSeed,
            context.Settings.Local, context.Git.Source(), context.By, context.Git.Refusal);
        var program = Path.Combine(context.Paths.Output(Paths.SoakProgram, DotNetTool.Configuration), "Slipway.Soak.dll");
        var results = new SoakResults(context.Paths.SoakResults);
        results.Clear();
        try
        {
            await new MeasuringProgram("soak", StopTimeout, context.Report.Close, TimeProvider.System).RunAsync(["dotnet", program, "run", request.ToJson()], cancellation);
        }
        finally
        {
            // also if a bound is broken
            if (results.Summary() is { Count: > 0 } summary)
            {
                context.Job.Summarize(summary);
                context.Report.Close($"All results: {context.Paths.Relative(results.Markdown)} and {SoakResults.JsonName}");
            }
        }
    }
}
