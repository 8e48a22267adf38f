using Slipway.Build.Cli;
using Slipway.Build.Environments;

namespace Slipway.Build.Tasks;

[TaskDescription("Looks for configuration drift: reads back what there is of an environment on AWS, and compares it with the code in infra/. It changes nothing.")]
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
