using System.Globalization;
using System.Net;
using Slipway.Build.Cli.Output;
using Slipway.Registry;

namespace Slipway.Build.Workflows.PullRequests;

/// <summary>A comment on a pull request that is updated on every run: found by its marker among the comments of this token's account.</summary>
public sealed class PullRequestComment(GitHubClient client, GitHubAccess access, int number, IProgressStep step, TimeProvider time)
{
    /// <summary>The author of comments that are written with a workflow's token, which cannot query its own identity.</summary>
    public const string WorkflowUser = "github-actions[bot]";

    private const int MaxPages = 30;
    private const int MaxAttempts = 5;

    private static readonly TimeSpan MaxPause = TimeSpan.FromMinutes(2);

    /// <param name="marker">The beginning of the body.</param>
    /// <exception cref="GitHubException">The request failed, and retries would fail too.</exception>
    public async Task WriteAsync(string marker, string body, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                // start over, because a request without a response may have succeeded
                await TryAsync(marker, body, cancellation);
                return;
            }
            catch (GitHubException e) when (attempt < MaxAttempts && e.PauseAfter(attempt, time.GetUtcNow()) is { } pause)
            {
                if (pause > MaxPause)
                    throw new SlipwayException($"{e.Message}. It requests a pause of {Elapsed.Text(pause)}, which is longer than a job should wait: run it again later.", e);
                step.Note($"{e.Message}. Retrying in {Elapsed.Text(pause)}.");
                await Task.Delay(pause, time, cancellation);
            }
        }
    }

    private async Task TryAsync(string marker, string body, CancellationToken cancellation)
    {
        var found = await FindAsync(marker, cancellation);
        if (found?.Body is { } there && there.ReplaceLineEndings("\n").TrimEnd() == body)
        {
            step.Note("The comment is up to date.");
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
            if (pages == MaxPages)
                throw new SlipwayException($"Pull request {Number} has more than the {MaxPages} pages of a hundred comments that are searched. The full text is in the summary of the run.");
            var comments = await client.GetAsync(page, GitHubJson.Default.IReadOnlyListGitHubComment, cancellation);
            // other people may quote the marker, and a token that can write can also change the comments of others
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
