using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Slipway.Build.Cli;
using Slipway.Registry;

namespace Slipway.Build.Workflows.PullRequests;

/// <summary>GitHub's REST API, one request at a time. The token goes to the API's own address and nowhere else.</summary>
public sealed class GitHubClient : IDisposable
{
    // a page of a hundred comments of the longest kind
    private const int MostBytes = 32 * 1024 * 1024;
    private const int MostMessage = 300;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient _client;

    public GitHubClient(GitHubAccess access)
    {
        _client = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = access.Api, Timeout = Patience, MaxResponseContentBufferSize = MostBytes };
        _client.DefaultRequestHeaders.Authorization = new("Bearer", access.Token);
        _client.DefaultRequestHeaders.Accept.Add(new("application/vnd.github+json"));
        _client.DefaultRequestHeaders.UserAgent.Add(new("slipway", BuildIdentity.Version));
        _client.DefaultRequestHeaders.Add("X-GitHub-Api-Version", "2022-11-28");
    }

    /// <param name="path">From the API's address on, or a link of its own.</param>
    /// <exception cref="GitHubException">The answer is no, or there is none.</exception>
    public Task<GitHubAnswer<T>> GetAsync<T>(Uri path, JsonTypeInfo<T> type, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Get, path, content: null, type, cancellation);

    /// <inheritdoc cref="GetAsync"/>
    public Task<GitHubAnswer<T>> SendAsync<T>(HttpMethod method, string path, GitHubCommentText text, JsonTypeInfo<T> type, CancellationToken cancellation) =>
        // with its length: in pieces not everything on the way takes it
        SendAsync(method, new(path, UriKind.Relative), new StringContent(JsonSerializer.Serialize(text, GitHubJson.Default.GitHubCommentText), Encoding.UTF8, "application/json"), type, cancellation);

    public void Dispose() => _client.Dispose();

    private async Task<GitHubAnswer<T>> SendAsync<T>(HttpMethod method, Uri path, HttpContent? content, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        var address = new Uri(_client.BaseAddress!, path);
        if (Uri.Compare(address, _client.BaseAddress, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) != 0)
            throw new SlipwayException($"GitHub's API at {_client.BaseAddress} sends on to {address.Host}, which gets no token.");
        try
        {
            using var request = new HttpRequestMessage(method, address) { Content = content };
            using var answer = await _client.SendAsync(request, cancellation);
            var body = await answer.Content.ReadAsStringAsync(cancellation);
            if (!answer.IsSuccessStatusCode)
                throw new GitHubException($"GitHub answered {(int)answer.StatusCode} to {method} {address.AbsolutePath}: {Message(body)}", answer.StatusCode)
                {
                    PauseAfter = (attempt, now) => GitHubPause.After(answer.StatusCode, answer.Headers, body, attempt, now),
                };
            return new(JsonSerializer.Deserialize(body, type) ?? throw new JsonException("It is null."), Next(answer.Headers));
        }
        catch (JsonException e)
        {
            throw new SlipwayException($"What answers at {address} is not GitHub's API: {e.Message}", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || e is OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            throw new GitHubException($"GitHub did not answer {method} {address.AbsolutePath}: {(e is OperationCanceledException ? $"nothing came within {Patience.TotalSeconds:0} s" : e.GetBaseException().Message.TrimEnd('.'))}", null, e)
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
            // a proxy answers in HTML
        }

        return body.ReplaceLineEndings(" ")[..Math.Min(body.ReplaceLineEndings(" ").Length, MostMessage)];
    }
}

/// <param name="Next">The page after this one; null for the last.</param>
public sealed record GitHubAnswer<T>(T Value, Uri? Next);

/// <param name="status">Null where there was no answer.</param>
public sealed class GitHubException(string message, HttpStatusCode? status, Exception? inner = null) : SlipwayException(message, inner!)
{
    public HttpStatusCode? Status { get; } = status;

    /// <summary>How long to wait before the attempt after this one; null where it would be in vain.</summary>
    public Func<int, DateTimeOffset, TimeSpan?> PauseAfter { get; init; } = (_, _) => null;
}

public sealed record GitHubMessage(string? Message);

public sealed record GitHubUser(string Login);

/// <param name="User">Null where the account is gone.</param>
public sealed record GitHubComment(long Id, string? Body, GitHubUser? User);

public sealed record GitHubCommentText(string Body);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(GitHubMessage))]
[JsonSerializable(typeof(GitHubUser))]
[JsonSerializable(typeof(GitHubComment))]
[JsonSerializable(typeof(IReadOnlyList<GitHubComment>))]
[JsonSerializable(typeof(GitHubCommentText))]
public sealed partial class GitHubJson : JsonSerializerContext;
