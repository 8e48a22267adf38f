using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Slipway.Build.Cli;
using Slipway.Registry;

namespace Slipway.Build.Workflows.PullRequests;

/// <summary>GitHub's REST API, one request at a time. The token is only ever sent to the API's own host.</summary>
public sealed class GitHubClient : IDisposable
{
    // a page of a hundred comments of maximum length
    private const int MaxBytes = 32 * 1024 * 1024;
    private const int MaxMessageLength = 300;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly HttpClient _client;

    public GitHubClient(GitHubAccess access)
    {
        _client = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = access.Api, Timeout = Timeout, MaxResponseContentBufferSize = MaxBytes };
        _client.DefaultRequestHeaders.Authorization = new("Bearer", access.Token);
        _client.DefaultRequestHeaders.Accept.Add(new("application/vnd.github+json"));
        _client.DefaultRequestHeaders.UserAgent.Add(new("slipway", BuildIdentity.Version));
        _client.DefaultRequestHeaders.Add("X-GitHub-Api-Version", "2022-11-28");
    }

    /// <param name="path">Relative to the API's URL, or a link that it returned.</param>
    /// <exception cref="GitHubException">The request failed.</exception>
    public Task<GitHubResponse<T>> GetAsync<T>(Uri path, JsonTypeInfo<T> type, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Get, path, content: null, type, cancellation);

    /// <inheritdoc cref="GetAsync"/>
    public Task<GitHubResponse<T>> SendAsync<T>(HttpMethod method, string path, GitHubCommentText text, JsonTypeInfo<T> type, CancellationToken cancellation) =>
        // with a Content-Length, because not every proxy supports chunked requests
        SendAsync(method, new(path, UriKind.Relative), new StringContent(JsonSerializer.Serialize(text, GitHubJson.Default.GitHubCommentText), Encoding.UTF8, "application/json"), type, cancellation);

    public void Dispose() => _client.Dispose();

    private async Task<GitHubResponse<T>> SendAsync<T>(HttpMethod method, Uri path, HttpContent? content, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        var address = new Uri(_client.BaseAddress!, path);
        if (Uri.Compare(address, _client.BaseAddress, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) != 0)
            throw new SlipwayException($"GitHub's API at {_client.BaseAddress} redirects to {address.Host}, which must not get the token.");
        try
        {
            using var request = new HttpRequestMessage(method, address) { Content = content };
            using var answer = await _client.SendAsync(request, cancellation);
            var body = await answer.Content.ReadAsStringAsync(cancellation);
            if (!answer.IsSuccessStatusCode)
                throw new GitHubException($"GitHub returned {(int)answer.StatusCode} for {method} {address.AbsolutePath}: {Message(body)}", answer.StatusCode)
                {
                    PauseAfter = (attempt, now) => GitHubRetryDelay.After(answer.StatusCode, answer.Headers, body, attempt, now),
                };
            return new(JsonSerializer.Deserialize(body, type) ?? throw new JsonException("The response is null."), Next(answer.Headers));
        }
        catch (JsonException e)
        {
            throw new SlipwayException($"The response from {address} is not from GitHub's API: {e.Message}", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || e is OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            throw new GitHubException($"GitHub did not respond to {method} {address.AbsolutePath}: {(e is OperationCanceledException ? $"no response within {Timeout.TotalSeconds:0} s" : e.GetBaseException().Message.TrimEnd('.'))}", null, e)
            {
                PauseAfter = (attempt, _) => TimeSpan.FromSeconds(Math.Pow(2, attempt)),
            };
        }
    }

    // <https://api.github.com/repositories/1/issues/2/comments?page=2>; rel="next", <...>; rel="last"
    private static Uri? Next(HttpResponseHeaders headers) => headers.TryGetValues("Link", out var links)
        ? links.SelectMany(line => line.Split(',')).Where(link => link.Contains("rel=\"next\"", StringComparison.Ordinal))
            .Select(link => Uri.TryCreate(link.Split('>')[0].Trim().TrimStart('<'), UriKind.Absolute, out var next) ? next : null).FirstOrDefault()
        : null;

    private static string Message(string body)
    {
        try
        {
            body = JsonSerializer.Deserialize(body, GitHubJson.Default.GitHubMessage)?.Message ?? "no reason given";
        }
        catch (JsonException)
        {
            // a proxy responds with HTML
        }

        return body.ReplaceLineEndings(" ")[..Math.Min(body.ReplaceLineEndings(" ").Length, MaxMessageLength)];
    }
}

/// <param name="Next">The next page; null for the last.</param>
public sealed record GitHubResponse<T>(T Value, Uri? Next);

/// <param name="status">Null if there was no response.</param>
public sealed class GitHubException(string message, HttpStatusCode? status, Exception? inner = null) : SlipwayException(message, inner!)
{
    public HttpStatusCode? Status { get; } = status;

    /// <summary>How long to wait before the next attempt; null if it would be futile.</summary>
    public Func<int, DateTimeOffset, TimeSpan?> PauseAfter { get; init; } = (_, _) => null;
}

public sealed record GitHubMessage(string? Message);

public sealed record GitHubUser(string Login);

/// <param name="User">Null if the account has been deleted.</param>
public sealed record GitHubComment(long Id, string? Body, GitHubUser? User);

public sealed record GitHubCommentText(string Body);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(GitHubMessage))]
[JsonSerializable(typeof(GitHubUser))]
[JsonSerializable(typeof(GitHubComment))]
[JsonSerializable(typeof(IReadOnlyList<GitHubComment>))]
[JsonSerializable(typeof(GitHubCommentText))]
public sealed partial class GitHubJson : JsonSerializerContext;
