using System.Globalization;
using Slipway.Build.Cli;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Cli.Querying;
using Slipway.Build.Environments;
using Slipway.Build.Tools;

namespace Slipway.Build.Tasks;

[TaskDescription("Runs a SQL query over the prediction log of an environment: the views predictions and feedback.")]
[IsDependentOn(typeof(BuildAnalysis))]
[Takes(nameof(Arguments.Environment))]
[Takes(nameof(Arguments.Sql), Required = true)]
[Takes(nameof(Arguments.Output))]
[Takes(nameof(Arguments.Days))]
public sealed class Query : AsyncFrostingTask<BuildContext>
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(10);

    public override async Task RunAsync(BuildContext context)
    {
        using var stop = new StopSignal();
        await stop.RunAsync(token => RunAsync(context, token), "Stopped: there is no result.");
    }

    private static async Task RunAsync(BuildContext context, CancellationToken cancellation)
    {
        var environment = await context.Environments.OpenAsync(cancellation);
        var output = context.Value(Arguments.Output) is { } file ? context.Paths.FromCaller(file) : null;
        var days = context.Value(Arguments.Days) is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : QueryRequest.DefaultDays;
        var request = new QueryRequest(environment.PathOf("").TrimEnd('/'), context.Required(Arguments.Sql), output, days);
        var program = Path.Combine(context.Paths.Output(Paths.AnalysisProgram, DotNetTool.Configuration), "Slipway.Analysis.dll");
        await new MeasuringProgram("query", StopTimeout, context.Report.Close, TimeProvider.System).RunAsync(["dotnet", program, "query", request.ToJson()], cancellation);
    }
}
