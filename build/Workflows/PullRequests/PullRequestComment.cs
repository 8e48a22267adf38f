using System.Globalization;
using System.Net;
using Slipway.Build.Cli.Output;
using Slipway.Registry;

namespace Slipway.Build.Workflows.PullRequests;

/// <summary>One comment of a pull request, the same one each time: found by its marker among those that this token's own account has written.</summary>
public sealed class PullRequestComment(GitHubClient client, GitHubAccess access, int number, IProgressStep step, TimeProvider time)
{
    /// <summary>Who writes with the token that GitHub gives to a workflow; such a token may not ask who it is.</summary>
    public const string WorkflowUser = "github-actions[bot]";

    private const int MostPages = 30;
    private const int MostAttempts = 5;

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);

    /// <param name="marker">The body begins with it.</param>
    /// <exception cref="GitHubException">The answer is no, and stays no.</exception>
    public async Task WriteAsync(string marker, string body, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                // all of it again: what had no answer may have been done all the same
                await TryAsync(marker, body, cancellation);
                return;
            }
            catch (GitHubException e) when (attempt < MostAttempts && e.PauseAfter(attempt, time.GetUtcNow()) is { } pause)
            {
                if (pause > LongestPause)
                    throw new SlipwayException($"{e.Message}. It asks for a pause of {Elapsed.Text(pause)}, which is longer than a job should wait: run it again later.", e);
                step.Note($"{e.Message}. Again in {Elapsed.Text(pause)}.");
                await Task.Delay(pause, time, cancellation);
            }
        }
    }

    private async Task TryAsync(string marker, string body, CancellationToken cancellation)
    {
        var found = await FindAsync(marker, cancellation);
        if (found?.Body is { } there && there.ReplaceLineEndings("\n").TrimEnd() == body)
        {
            step.Note("The comment says so already.");
            return;
        }

        var written = found is null
            ? await client.SendAsync(HttpMethod.Post, $"repos/{access.Repository}/issues/{Number}/comments", new(body), GitHubJson.Default.GitHubComment, cancellation)
            : await client.SendAsync(HttpMethod.Patch, $"repos/{access.Repository}/issues/comments/{Text(found.Id)}", new(body), GitHubJson.Default.GitHubComment, cancellation);
        step.Note($"{(found is null ? "New" : "Changed")} comment {Text(written.Value.Id)}.");
    }

    private async Task<GitHubComment?> FindAsync(string marker, CancellationToken cancellation)
    {
        var me = await WhoAsync(cancellation);
        Uri? page = new($"repos/{access.Repository}/issues/{Number}/comments?per_page=100", UriKind.Relative);
        for (var pages = 0; page is not null; pages++)
        {
            if (pages == MostPages)
                throw new SlipwayException($"Pull request {Number} has more comments than are looked through, {MostPages} pages of a hundred. The summary of the run has it all.");
            var comments = await client.GetAsync(page, GitHubJson.Default.IReadOnlyListGitHubComment, cancellation);
            // others may quote the marker, and who may write may also change the comments of others
            if (comments.Value.FirstOrDefault(comment => comment.User?.Login == me && comment.Body?.StartsWith(marker, StringComparison.Ordinal) == true) is { } found)
                return found;
            page = comments.Next;
        }

        return null;
    }

    private async Task<string> WhoAsync(CancellationToken cancellation)
    {
        try
        {
            return (await client.GetAsync(new("user", UriKind.Relative), GitHubJson.Default.GitHubUser, cancellation)).Value.Login;
        }
        catch (GitHubException e) when (e.Status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound && e.PauseAfter(1, time.GetUtcNow()) is null)
        {
            return WorkflowUser;
        }
    }

    private string Number => Text(number);

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
