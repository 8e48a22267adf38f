using Slipway.Build.Cli;
using Slipway.Build.Environments;
using Slipway.Build.Environments.Traces;

namespace Slipway.Build.Tasks;

[TaskDescription("Writes one signed file that says which data made a prediction, for somebody who checks it offline.")]
[Takes(nameof(Arguments.Environment))]
[Takes(nameof(Arguments.Prediction), Required = true)]
[Takes(nameof(Arguments.EvidenceFile))]
public sealed class Evidence : AsyncFrostingTask<BuildContext>
{
    private const string Standard = "evidence.json";

    public override async Task RunAsync(BuildContext context)
    {
        using var stop = new StopSignal();
        await stop.RunAsync(token => RunAsync(context, token), "Stopped. Nothing was written.");
    }

    private static async Task RunAsync(BuildContext context, CancellationToken cancellation)
    {
        var output = context.OutputFile(Arguments.EvidenceFile, Standard);
        var environment = await context.Environments.OpenAsync(cancellation);
        using var report = context.Summarized("Evidence of a prediction");
        await new EnvironmentEvidence(environment, report).WriteAsync(context.Required(Arguments.Prediction), context.By, output, cancellation);
    }
}
