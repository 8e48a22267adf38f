using Slipway.Build.Cli;
using Slipway.Build.Environments;

namespace Slipway.Build.Tasks;

[TaskDescription("Checks an AWS environment for configuration drift: compares the actual resources with the code in infra/. Changes nothing.")]
[IsDependentOn(typeof(PackageAutomation))]
[Takes(nameof(Arguments.AwsEnvironment), Required = true)]
public sealed class CheckInfra : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context)
    {
        using var stop = new StopSignal();
        context.Environments.Infra(stop.Token).Check(context.Job);
    }
}
