using System.Net;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Cli.GitHub;
using Slipway.Build.Cli.Output;
using Slipway.Registry;

namespace Slipway.Build.Workflows.PullRequests;

/// <summary>Posts a file as a comment on the workflow's pull request, if there is one and the token can write.</summary>
/// <param name="variable">The value of an environment variable; null if it is not set.</param>
public sealed class PullRequestReport(Func<string, string?> variable, WorkflowJob job, IProgressReport report, TimeProvider time)
{
    /// <param name="name">The topic of the comment: another name is another comment.</param>
    /// <exception cref="SlipwayException">The comment should be possible, but failed.</exception>
    public async Task CommentAsync(string name, string markdown, CancellationToken cancellation)
    {
        var path = variable(EnvironmentVariables.GitHubEvent)
            ?? throw new SlipwayException($"This is not a workflow run: {EnvironmentVariables.GitHubEvent} is not set, so there is no pull request to comment on.");
        var started = PullRequestEvent.Read(path);
        if (started.Number is not { } number)
        {
            report.Line("This run has no pull request to comment on; the full text is in the summary.");
            return;
        }

        try
        {
            var access = GitHubAccess.Of(variable);
            using var client = new GitHubClient(access);
            await report.StepAsync($"Comment on pull request {number}", step => new PullRequestComment(client, access, number, step, time)
                .WriteAsync(CommentBody.Marker(name), CommentBody.Of(name, markdown, Run), cancellation));
        }
        catch (GitHubException e) when (e.Status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound)
        {
            if (started.MayWrite)
                throw new SlipwayException($"{e.Message}. The job needs the permission 'pull-requests: write'; if it has it, the conversation may be locked.", e);
            const string Why = "The pull request comes from a fork or from Dependabot, whose token cannot write comments: the full text is in the summary of the run.";
            report.Line(Why);
            job.Annotate(new(AnnotationLevel.Notice, Why, "No comment"));
        }
        catch (GitHubException e) when (e.Status is HttpStatusCode.Unauthorized)
        {
            throw new SlipwayException($"{e.Message}. {EnvironmentVariables.GitHubToken} has expired, or belongs to a different server than {EnvironmentVariables.GitHubApi}.", e);
        }
    }

    private string? Run => (variable(EnvironmentVariables.GitHubServer), variable(EnvironmentVariables.GitHubRepository), variable(EnvironmentVariables.GitHubRun)) is ({ } server, { } repository, { } run)
        ? $"{server}/{repository}/actions/runs/{run}"
        : null;
}
