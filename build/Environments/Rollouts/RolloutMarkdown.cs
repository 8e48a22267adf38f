using Slipway.Build.Cli.GitHub;
using Slipway.Registry.Rollouts;
using Slipway.Reporting;

namespace Slipway.Build.Environments.Rollouts;

/// <summary>The last rollout, with its verdict, for the summary of a workflow run.</summary>
public static class RolloutMarkdown
{
    /// <summary>Best effort: how the rollout ended is also reported elsewhere, and does not get lost with it.</summary>
    public static async Task SummarizeRolloutAsync(this WorkflowJob job, SlipwayEnvironment environment, CancellationToken cancellation)
    {
        if (!job.IsRunning)
            return;
        try
        {
            if ((await environment.Traffic.StateAsync(cancellation))?.Rollout is { } rollout
                && await environment.Traffic.RolloutAsync(rollout.Plan.Id, cancellation) is { } record)
                job.Summarize(Report(record));
        }
        catch (Exception e)
        {
            job.Annotate(new(AnnotationLevel.Warning, e.Message, "No summary of the rollout"));
        }
    }

    public static Section Report(RolloutRecord record)
    {
        var events = RolloutReport.Events(record);
        return events with { Blocks = [.. events.Blocks, .. RolloutReport.Evidence(record)] };
    }
}
