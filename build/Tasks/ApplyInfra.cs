using Slipway.Build.Cli;
using Slipway.Build.Environments;
using Slipway.Build.Environments.Reports;

namespace Slipway.Build.Tasks;

[TaskDescription("Applies the Terraform configuration of an AWS environment.")]
[IsDependentOn(typeof(PackageAutomation))]
[Takes(nameof(Arguments.AwsEnvironment), Required = true)]
public sealed class ApplyInfra : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context)
    {
        using var stop = new StopSignal();
        context.Job.Summarize(PlanSummary.Report(context.EnvironmentName, context.Environments.Infra(stop.Token).Apply(), applied: true));
    }
}
