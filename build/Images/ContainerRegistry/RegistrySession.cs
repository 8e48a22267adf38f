using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Images.ContainerRegistry.Credentials;
using Slipway.Registry;

namespace Slipway.Build.Images.ContainerRegistry;

/// <summary>Speaks with one repository of a registry, and shows it who asks in the way that it wants.</summary>
public sealed class RegistrySession(RegistryRepository repository, RegistryCredentials? credentials, TimeProvider time) : IDisposable
{
    private const int MostToken = 256 * 1024;
    private const string Rights = "pull,push";

    private readonly HttpClient _http = new(Handler(repository.Host)) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
    private AuthenticationHeaderValue? _known;

    /// <summary>Of one request with its answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    public RegistryErrors Errors { get; } = new(repository, credentials, time);

    /// <summary>Sends a request and hands over the answer, whatever it is. A request is made anew where it has to be sent again.</summary>
    /// <param name="what">As the rest of a sentence that begins with "It was not possible to".</param>
    /// <exception cref="SlipwayException">There was no answer.</exception>
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
            // a request that is cancelled while it is sent may fail as any other
            cancellation.ThrowIfCancellationRequested();
            throw Errors.Away(what, deadline.HasPassed ? new TimeoutException($"no answer within {Timeout.TotalSeconds:0} s") : e);
        }
    }

    public void Dispose() => _http.Dispose();

    // a registry of this machine is not for a proxy
    [SuppressMessage("Reliability", "CA2000", Justification = "The client that gets it disposes of it.")]
    private static SocketsHttpHandler Handler(RegistryHost host) => new() { UseProxy = !host.Address.IsLoopback, ConnectTimeout = TimeSpan.FromSeconds(10) };

    private async Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        using (request)
        {
            if (!IsSafe(request.RequestUri!))
                throw new SlipwayException($"{repository.Host} sends to '{request.RequestUri}', which is not encrypted. Nothing was sent there.");
            // an upload may go to another host, which is told by its address alone that it may
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
            throw new SlipwayException($"It was not possible to {what}: {repository.Host} sends for it to '{challenge.Realm}', and credentials go over https only.");

        var query = $"service={Uri.EscapeDataString(challenge.Service ?? repository.Host.Name)}&scope={Uri.EscapeDataString($"repository:{repository.Name}:{Rights}")}";
        using var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(realm) { Query = $"{realm.Query.TrimStart('?')}&{query}".TrimStart('&') }.Uri);
        request.Headers.Authorization = credentials is null ? null : new("Basic", credentials.Basic);
        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (!answer.IsSuccessStatusCode)
            throw await Errors.DescribeAsync(what, answer, cancellation);
        var body = await BoundedBody.ReadAsync(answer.Content, MostToken, "A token", cancellation);
        try
        {
            var token = JsonSerializer.Deserialize(body, RegistryContentJson.Default.BearerToken);
            return token?.Token ?? token?.AccessToken ?? throw new JsonException("there is no token in it");
        }
        catch (JsonException e)
        {
            throw new SlipwayException($"It was not possible to {what}: the answer of {realm.Authority} is no token ({e.Message}).", e);
        }
    }

    private static bool IsSafe(Uri place) => place.Scheme == Uri.UriSchemeHttps || place.Scheme == Uri.UriSchemeHttp && place.IsLoopback;
}
