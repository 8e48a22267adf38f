namespace Slipway.Build;

[TaskDescription("Shows what runs, what each color serves, and where traffic goes.")]
[Takes(nameof(Arguments.Environment))]
public sealed class Status : AsyncFrostingTask<BuildContext>
{
    public override async Task RunAsync(BuildContext context) =>
        await (await context.OpenEnvironmentAsync(CancellationToken.None)).ShowStatusAsync(context.Report, CancellationToken.None);
}
