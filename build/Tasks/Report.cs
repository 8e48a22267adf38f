using Slipway.Build.Cli;
using Slipway.Build.Environments;
using Slipway.Build.Environments.Reports;

namespace Slipway.Build.Tasks;

[TaskDescription("Writes one HTML page about a model: quality, drift, value, traffic, lineage, gates, history and costs.")]
[Takes(nameof(Arguments.Environment))]
[Takes(nameof(Arguments.RegisteredModel))]
[Takes(nameof(Arguments.ReportFile))]
public sealed class Report : AsyncFrostingTask<BuildContext>
{
    private const string Standard = "report.html";

    public override async Task RunAsync(BuildContext context)
    {
        using var stop = new StopSignal();
        await stop.RunAsync(token => RunAsync(context, token), "Stopped. Nothing was written.");
    }

    private static async Task RunAsync(BuildContext context, CancellationToken cancellation)
    {
        var output = context.OutputFile(Arguments.ReportFile, Standard);
        var environment = await context.Environments.OpenAsync(cancellation);
        await context.Report.WriteModelReportAsync(environment, await context.Models.RegisteredAsync(environment, cancellation), output, cancellation);
    }
}
