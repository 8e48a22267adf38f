namespace Slipway.Build;

[TaskDescription("Lets Terraform bring an environment on AWS to what infra/environments says.")]
[IsDependentOn(typeof(PackageAutomation))]
[Takes(nameof(Arguments.AwsEnvironment), Required = true)]
public sealed class ApplyInfra : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context)
    {
        using var stop = new StopSignal();
        context.Job.Summarize(PlanMarkdown.Report(context.EnvironmentName, context.Infra(stop.Token).Apply(), applied: true));
    }
}
