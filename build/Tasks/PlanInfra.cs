using Slipway.Build.Cli;
using Slipway.Build.Environments;
using Slipway.Build.Environments.Reports;

namespace Slipway.Build.Tasks;

[TaskDescription("Shows what Terraform would change in an AWS environment. Changes nothing.")]
[IsDependentOn(typeof(PackageAutomation))]
[Takes(nameof(Arguments.AwsEnvironment), Required = true)]
public sealed class PlanInfra : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context)
    {
        using var stop = new StopSignal();
        context.Job.Summarize(PlanSummary.Report(context.EnvironmentName, context.Environments.Infra(stop.Token).Plan(), applied: false));
    }
}
