using Slipway.Build.Cli.Output;

namespace Slipway.Build.Tasks;

[TaskDescription("Builds and packages the executable of the Lambda functions.")]
public sealed class PackageAutomation : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context) =>
        context.Report.Step("Package the automation", step => context.DotNet.Publish(context.Paths.Automation, step.Now));
}
