using Slipway.Automation.Rollbacks;
using Slipway.Build.Cli;
using Slipway.Build.Environments;
using Slipway.Build.Environments.Reports;
using Slipway.Build.Environments.Reproduction;

namespace Slipway.Build.Tasks;

[TaskDescription("Retrains a version from its commit, recorded input and seed, and checks that the result is byte-identical.")]
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
        using var report = context.Summarized($"{model} version {context.RequiredNumber(Arguments.Version)} reproduced");
        report.ShowReproduction(await stop.RunAsync(
            token => reproduction.RunAsync(manifest, token), "Stopped. The temporary worktree is removed; nothing was changed."));
    }
}
