using System.Net;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Cli.GitHub;
using Slipway.Build.Cli.Output;
using Slipway.Registry;

namespace Slipway.Build.Workflows.PullRequests;

/// <summary>Writes a file into a comment of the pull request that a workflow runs for, where there is one and its token may.</summary>
/// <param name="variable">The value of an environment variable; null where it is not set.</param>
public sealed class PullRequestReport(Func<string, string?> variable, WorkflowJob job, IProgressReport report, TimeProvider time)
{
    /// <param name="name">What the comment is about: another name is another comment.</param>
    /// <exception cref="SlipwayException">It can not be written, though it should be possible.</exception>
    public async Task CommentAsync(string name, string markdown, CancellationToken cancellation)
    {
        var path = variable(EnvironmentVariables.GitHubEvent)
            ?? throw new SlipwayException($"This is no workflow: {EnvironmentVariables.GitHubEvent} is not set, so there is no pull request to comment.");
        var started = PullRequestEvent.Read(path);
        if (started.Number is not { } number)
        {
            report.Line("This run is about no pull request, so there is nothing to comment; the summary has it all.");
            return;
        }

        try
        {
            var access = GitHubAccess.Of(variable);
            using var client = new GitHubClient(access);
            await report.StepAsync($"Comment pull request {number}", step => new PullRequestComment(client, access, number, step, time)
                .WriteAsync(CommentBody.Marker(name), CommentBody.Of(name, markdown, Run), cancellation));
        }
        catch (GitHubException e) when (e.Status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound)
        {
            if (started.MayWrite)
                throw new SlipwayException($"{e.Message}. The job needs the permission 'pull-requests: write'; if it has it, the conversation may be locked.", e);
            const string Why = "The pull request comes from a fork or from dependabot, whose token may not comment: the summary of the run has it all.";
            report.Line(Why);
            job.Annotate(new(AnnotationLevel.Notice, Why, "No comment"));
        }
        catch (GitHubException e) when (e.Status is HttpStatusCode.Unauthorized)
        {
            throw new SlipwayException($"{e.Message}. {EnvironmentVariables.GitHubToken} has expired, or belongs to another server than {EnvironmentVariables.GitHubApi}.", e);
        }
    }

    private string? Run => (variable(EnvironmentVariables.GitHubServer), variable(EnvironmentVariables.GitHubRepository), variable(EnvironmentVariables.GitHubRun)) is ({ } server, { } repository, { } run)
        ? $"{server}/{repository}/actions/runs/{run}"
        : null;
}
