using System.Diagnostics.CodeAnalysis;
using System.Text;
using Slipway.Registry;
using Slipway.Registry.Predictions;

namespace Slipway.Build.Environments.SmokeTests;

/// <summary>
/// Calls a gateway as a client would. A failed connection attempt is retried a few times, but a request that was sent is not repeated, because a
/// response that only arrives at the second attempt is exactly what a smoke test has to find.
/// </summary>
/// <param name="handler">Between this and the network; for tests.</param>
public sealed class GatewayCaller(PublicGateway gateway, TimeProvider time, HttpMessageHandler? handler = null) : IDisposable
{
    private const int Connections = 4;
    private const int MaxResponseBytes = 16 * 1024 * 1024;

    private readonly HttpClient _http = new(handler ?? Handler(gateway)) { Timeout = System.Threading.Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = MaxResponseBytes };

    public PublicGateway Gateway => gateway;

    /// <summary>The time for a request with its complete response.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The delay between two connection attempts.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <param name="json">The body to post; null for GET.</param>
    /// <param name="color">The color for the header; null to let the split decide.</param>
    /// <exception cref="NoResponseException">There was no response.</exception>
    public async Task<CallerResponse> SendAsync(string path, string? json, string? color, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var deadline = new Deadline(Timeout, time, cancellation);
            try
            {
                return await TrySendAsync(path, json, color, deadline.Token);
            }
            catch (HttpRequestException e) when (attempt < Connections && e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError)
            {
                await Task.Delay(Pause, time, cancellation);
            }
            catch (HttpRequestException e)
            {
                throw NoResponse(path, json, attempt > 1 ? $"{e.Message} ({attempt} attempts)" : e.Message, e);
            }
            catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
            {
                throw NoResponse(path, json, $"no response within {Timeout.TotalSeconds:0} s", e);
            }
        }
    }

    private static NoResponseException NoResponse(string path, string? json, string why, Exception inner) =>
        new($"{(json is null ? "GET" : "POST")} {path}: {why}", inner);

    private async Task<CallerResponse> TrySendAsync(string path, string? json, string? color, CancellationToken cancellation)
    {
        using var question = new HttpRequestMessage(json is null ? HttpMethod.Get : HttpMethod.Post, new Uri(gateway.Url, path));
        if (json is not null)
            question.Content = new StringContent(json, Encoding.UTF8, "application/json");
        if (gateway.ApiKey is { } key)
            question.Headers.Add("x-api-key", key);
        if (color is not null)
            question.Headers.Add(SlipwayHeaders.Color, color);
        // if a gateway allows the header, these do not count as predictions
        question.Headers.Add(SlipwayHeaders.Probe, "smoke-test");

        var started = time.GetTimestamp();
        using var answer = await _http.SendAsync(question, cancellation);
        var body = await answer.Content.ReadAsStringAsync(cancellation);
        return new(
            (int)answer.StatusCode, answer.Headers.ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase),
            body, time.GetElapsedTime(started));
    }

    // an API key belongs to one host, so redirects are not followed
    [SuppressMessage("Reliability", "CA2000", Justification = "The client disposes it.")]
    private static SocketsHttpHandler Handler(PublicGateway gateway) =>
        new() { AllowAutoRedirect = false, UseCookies = false, UseProxy = !gateway.Url.IsLoopback, ConnectTimeout = TimeSpan.FromSeconds(5) };

    public void Dispose() => _http.Dispose();
}

/// <param name="Headers">By name, ignoring case.</param>
/// <param name="Took">From sending the request to the last byte of the response.</param>
public sealed record CallerResponse(int Status, IReadOnlyDictionary<string, string> Headers, string Body, TimeSpan Took);

/// <summary>A caller got nothing: no connection, or no response in time.</summary>
public sealed class NoResponseException(string message, Exception inner) : SlipwayException(message, inner);
