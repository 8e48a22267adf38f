namespace Slipway.Build;

[TaskDescription("Shows what runs, what each color serves, and where traffic goes.")]
[Takes("environment")]
public sealed class Status : AsyncFrostingTask<BuildContext>
{
    public override async Task RunAsync(BuildContext context) =>
        await context.Report.ShowStatusAsync(context.OpenLocalEnvironment());
}
