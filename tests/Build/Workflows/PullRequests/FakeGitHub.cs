using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Slipway.Build.Workflows.PullRequests;

namespace Slipway.Build.Tests.Workflows.PullRequests;

/// <summary>GitHub's REST API on loopback, limited to the comments of one pull request.</summary>
internal sealed class FakeGitHub : FakeServer
{
    public const string Token = "ghs_0123456789abcdef";
    public const string Repository = "acme/slipway";

    private int _lastId = 100;

    public string Address => $"http://{Authority}";

    /// <summary>In the order in which they were written.</summary>
    public List<(int Id, string User, string Body)> Comments { get; } = [];

    /// <summary>The requests, in order: <c>POST /repos/acme/slipway/issues/7/comments</c>.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public int PageSize { get; set; } = 100;

    /// <summary>The owner of the token; null for a workflow's token, which cannot query it.</summary>
    public string? User { get; set; }

    /// <summary>Where the next page is; the place of another server, for those who would follow.</summary>
    public string? NextPage { get; set; }

    /// <summary>Like <see cref="FakeServer.Fault"/>, after the request was carried out.</summary>
    public Func<HttpListenerRequest, FakeAnswer?> LateFault { get; set; } = _ => null;

    public IEnumerable<string> Writes => Requests.Where(request => !request.StartsWith("GET", StringComparison.Ordinal));

    public static FakeAnswer No(int status, string message) => new(status, JsonSerializer.SerializeToUtf8Bytes(new { message }));

    public void Add(string user, string body) => Comments.Add((++_lastId, user, body));

    protected override async Task AnswerAsync(HttpListenerContext context)
    {
        var request = context.Request;
        Requests.Enqueue($"{request.HttpMethod} {request.Url!.AbsolutePath}");
        var answer = Fault(request);
        if (answer is null)
        {
            answer = request.Headers["Authorization"] == $"Bearer {Token}" ? await ApiAsync(request) : No(401, "Bad credentials");
            answer = LateFault(request) ?? answer;
        }

        await SendAsync(context, answer);
    }

    private async Task<FakeAnswer> ApiAsync(HttpListenerRequest request)
    {
        var path = request.Url!.AbsolutePath;
        if (path == "/user")
            return User is null ? No(403, "Resource not accessible by integration") : new(200, JsonSerializer.SerializeToUtf8Bytes(new { login = User }));
        if (request.HttpMethod == "GET" && path == $"/repos/{Repository}/issues/7/comments")
            return Page(int.Parse(request.QueryString["page"] ?? "1", CultureInfo.InvariantCulture));

        if (request.ContentLength64 < 0)
            return No(411, "Length Required");
        var body = (string)(await JsonNode.ParseAsync(request.InputStream))!["body"]!;
        if (request.HttpMethod == "POST" && path == $"/repos/{Repository}/issues/7/comments")
        {
            Add(User ?? PullRequestComment.WorkflowUser, body);
            return new(201, One(Comments[^1]));
        }

        var at = Comments.FindIndex(comment => path == $"/repos/{Repository}/issues/comments/{comment.Id}");
        if (request.HttpMethod != "PATCH" || at < 0)
            return No(404, "Not Found");
        Comments[at] = Comments[at] with { Body = body };
        return new(200, One(Comments[at]));
    }

    private FakeAnswer Page(int page)
    {
        var shown = Comments.Skip((page - 1) * PageSize).Take(PageSize).Select(comment => new { id = comment.Id, body = comment.Body, user = new { login = comment.User } });
        var answer = new FakeAnswer(200, JsonSerializer.SerializeToUtf8Bytes(shown));
        if (Comments.Count > page * PageSize)
            answer.Headers["Link"] = $"<{NextPage ?? $"{Address}/repos/{Repository}/issues/7/comments"}?page={page + 1}>; rel=\"next\", <{Address}/x?page=9>; rel=\"last\"";
        return answer;
    }

    private static byte[] One((int Id, string User, string Body) comment) =>
        JsonSerializer.SerializeToUtf8Bytes(new { id = comment.Id, body = comment.Body, user = new { login = comment.User } });
}
