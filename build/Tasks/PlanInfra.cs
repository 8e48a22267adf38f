namespace Slipway.Build;

[TaskDescription("Shows what Terraform would change in an environment on AWS. It changes nothing.")]
[IsDependentOn(typeof(PackageAutomation))]
[Takes(nameof(Arguments.AwsEnvironment), Required = true)]
public sealed class PlanInfra : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context) => context.Infra.Plan();
}
