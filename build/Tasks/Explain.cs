using Slipway.Build.Cli;
using Slipway.Build.Environments.Rollouts;
using Slipway.Registry;

namespace Slipway.Build.Tasks;

[TaskDescription("Explains the verdict of a rollout, and recomputes it from the recorded counts.")]
[Takes(nameof(Arguments.Environment))]
[Takes(nameof(Arguments.Rollout))]
public sealed class Explain : AsyncFrostingTask<BuildContext>
{
    public override async Task RunAsync(BuildContext context)
    {
        var environment = await context.Environments.OpenAsync(CancellationToken.None);
        var id = context.Value(Arguments.Rollout)
            ?? (await environment.Traffic.RolloutsAsync(CancellationToken.None) is [var last, ..] ? last : null)
            ?? throw new SlipwayException($"Nothing has been rolled out in '{environment.Name}' yet. ./build.sh --target=Deploy{environment.Argument} rolls a release out.");
        var record = await environment.Traffic.RolloutAsync(id, CancellationToken.None)
            ?? throw new SlipwayException($"There is no record of a rollout '{id}' in '{environment.Name}'. ./build.sh --target=History{environment.Argument} lists them.");
        using var report = context.Summarized($"Rollout {id} in {environment.Name}");
        report.Explain(record);
    }
}
