using Slipway.Automation.Rollbacks;
using Slipway.Build.Cli;
using Slipway.Build.Environments.Reports;
using Slipway.Build.Environments.Reproduction;

namespace Slipway.Build.Tasks;

[TaskDescription("Makes a version again, from its commit, its job's own input and its seed, and tells whether it is the same to the byte.")]
[Takes(nameof(Arguments.Environment))]
[Takes(nameof(Arguments.RegisteredModel))]
[Takes(nameof(Arguments.Version), Required = true)]
public sealed class Reproduce : AsyncFrostingTask<BuildContext>
{
    public override async Task RunAsync(BuildContext context)
    {
        var environment = await context.Environments.OpenAsync(CancellationToken.None);
        using var stop = new StopSignal();
        var model = await context.Models.RegisteredAsync(environment, stop.Token);
        var manifest = await environment.Versions.RequireAsync(model, context.RequiredNumber(Arguments.Version), stop.Token);
        var reproduction = new VersionReproduction(environment, context.Paths, context.Git, context.DotNet, context.Report);
        using var report = context.Summarized($"{model} version {context.RequiredNumber(Arguments.Version)} once more");
        report.ShowReproduction(await stop.RunAsync(
            token => reproduction.RunAsync(manifest, token), "Stopped. The temporary worktree is removed; nothing was changed."));
    }
}
