using Slipway.Build.Cli;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Environments;
using Slipway.Build.Workflows.PullRequests;

namespace Slipway.Build.Tasks;

[TaskDescription("Posts a Markdown file as a comment on the workflow's pull request, and updates the same comment on later runs.")]
[Takes(nameof(Arguments.File), Required = true)]
public sealed class CommentPullRequest : AsyncFrostingTask<BuildContext>
{
    public override async Task RunAsync(BuildContext context)
    {
        using var stop = new StopSignal();
        var markdown = context.Text(Arguments.File);
        var name = context.Paths.InRepository(context.ExistingFile(Arguments.File)!) ?? Path.GetFileName(context.Required(Arguments.File));
        await stop.RunAsync(
            token => new PullRequestReport(EnvironmentVariables.Value, context.Job, context.Report, TimeProvider.System).CommentAsync(name, markdown, token),
            "Stopped before the comment was written.");
    }
}
