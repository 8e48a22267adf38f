using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Images.ContainerRegistry.Credentials;
using Slipway.Registry;

namespace Slipway.Build.Images.ContainerRegistry;

/// <summary>Sends requests to one repository of a container registry, with the authentication that it requires.</summary>
public sealed class RegistrySession(RegistryRepository repository, RegistryCredentials? credentials, TimeProvider time) : IDisposable
{
    private const int MaxTokenBytes = 256 * 1024;
    private const string Rights = "pull,push";

    private readonly HttpClient _http = new(Handler(repository.Host)) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
    private AuthenticationHeaderValue? _known;

    /// <summary>For one request with its response.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    public RegistryErrors Errors { get; } = new(repository, credentials, time);

    /// <summary>Sends a request and returns the response, whatever its status. The request is created again if it has to be repeated.</summary>
    /// <param name="what">The rest of a sentence that begins with "Could not".</param>
    /// <exception cref="SlipwayException">There was no response.</exception>
    public async Task<T> SendAsync<T>(
        string what, Func<HttpRequestMessage> request, Func<HttpResponseMessage, CancellationToken, Task<T>> take, CancellationToken cancellation)
    {
        using var deadline = new Deadline(Timeout, time, cancellation);
        try
        {
            using var first = await SendOnceAsync(request(), deadline.Token);
            if (first.StatusCode != HttpStatusCode.Unauthorized || await AnswerAsync(first, deadline.Token) is not { } shown)
                return await take(first, deadline.Token);
            _known = shown;
            using var second = await SendOnceAsync(request(), deadline.Token);
            return await take(second, deadline.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException or IOException)
        {
            // a request that is cancelled while it is being sent may fail like any other
            cancellation.ThrowIfCancellationRequested();
            throw Errors.Away(what, deadline.HasPassed ? new TimeoutException($"no response within {Timeout.TotalSeconds:0} s") : e);
        }
    }

    public void Dispose() => _http.Dispose();

    // a registry on this machine is not accessed through a proxy
    [SuppressMessage("Reliability", "CA2000", Justification = "The client disposes it.")]
    private static SocketsHttpHandler Handler(RegistryHost host) => new() { UseProxy = !host.Address.IsLoopback, ConnectTimeout = TimeSpan.FromSeconds(10) };

    private async Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        using (request)
        {
            if (!IsSafe(request.RequestUri!))
                throw new SlipwayException($"{repository.Host} redirects to '{request.RequestUri}', which is not encrypted. Nothing was sent there.");
            // an upload may be redirected to another host, whose address alone authorizes it
            if (request.RequestUri!.Authority == repository.Host.Address.Authority)
                request.Headers.Authorization = _known;
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        }
    }

    private async Task<AuthenticationHeaderValue?> AnswerAsync(HttpResponseMessage refusal, CancellationToken cancellation) =>
        AuthenticationChallenge.Of(refusal.Headers.WwwAuthenticate) switch
        {
            { IsBearer: true } bearer => new("Bearer", await TokenAsync(bearer, cancellation)),
            { } when credentials is not null => new("Basic", credentials.Basic),
            _ => null,
        };

    private async Task<string> TokenAsync(AuthenticationChallenge challenge, CancellationToken cancellation)
    {
        var what = $"get a token for {repository}";
        if (!Uri.TryCreate(challenge.Realm, UriKind.Absolute, out var realm) || !IsSafe(realm))
            throw new SlipwayException($"Could not {what}: {repository.Host} names '{challenge.Realm}' for it, and credentials are sent over https only.");

        var query = $"service={Uri.EscapeDataString(challenge.Service ?? repository.Host.Name)}&scope={Uri.EscapeDataString($"repository:{repository.Name}:{Rights}")}";
        using var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(realm) { Query = $"{realm.Query.TrimStart('?')}&{query}".TrimStart('&') }.Uri);
        request.Headers.Authorization = credentials is null ? null : new("Basic", credentials.Basic);
        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (!answer.IsSuccessStatusCode)
            throw await Errors.DescribeAsync(what, answer, cancellation);
        var body = await BoundedBody.ReadAsync(answer.Content, MaxTokenBytes, "A token", cancellation);
        try
        {
            var token = JsonSerializer.Deserialize(body, RegistryContentJson.Default.BearerToken);
            return token?.Token ?? token?.AccessToken ?? throw new JsonException("it contains no token");
        }
        catch (JsonException e)
        {
            throw new SlipwayException($"Could not {what}: the response of {realm.Authority} is not a token ({e.Message}).", e);
        }
    }

    private static bool IsSafe(Uri place) => place.Scheme == Uri.UriSchemeHttps || place.Scheme == Uri.UriSchemeHttp && place.IsLoopback;
}
