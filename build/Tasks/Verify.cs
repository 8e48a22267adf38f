namespace Slipway.Build;

[TaskDescription("Test, and checks that every file is formatted as .editorconfig says.")]
[IsDependentOn(typeof(Test))]
public sealed class Verify : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context) =>
        context.Report.Step("Check the format", step => context.DotNet.VerifyFormat(context.Paths.Solution, step.Now));
}
