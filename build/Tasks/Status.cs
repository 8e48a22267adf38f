using Slipway.Build.Cli;

namespace Slipway.Build.Tasks;

[TaskDescription("Shows what is running, what each color serves, and where traffic goes.")]
[Takes(nameof(Arguments.Environment))]
public sealed class Status : AsyncFrostingTask<BuildContext>
{
    public override async Task RunAsync(BuildContext context)
    {
        using var report = context.Summarized($"Status of {context.EnvironmentName}");
        await (await context.Environments.OpenAsync(CancellationToken.None)).ShowStatusAsync(report, CancellationToken.None);
    }
}
