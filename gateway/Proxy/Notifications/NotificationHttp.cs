using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using System.Security.Authentication;
using Slipway.Registry;

namespace Slipway.Gateway.Notifications;

/// <summary>
/// How notifications leave the gateway: to the outside through the proxy of the environment, if there is one, and to this machine directly. Redirects are not
/// followed, so that a receiver cannot send the gateway elsewhere, and no more of a response is read than <see cref="MaxResponseBytes"/>.
/// </summary>
public sealed class NotificationHttp : IDisposable
{
    private const int MaxResponseBytes = 64 << 10;
    private const int MaxShown = 300;
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    private readonly HttpClient _outside = Client(new SocketsHttpHandler());
    private readonly HttpClient _here = Client(DirectHttpClient.Handler());

    /// <param name="explain">Whether an error may contain the beginning of the response. Not for receivers that may repeat their address in it.</param>
    /// <returns>The body of a response of 2xx.</returns>
    /// <exception cref="NotificationException">Any other response, or none.</exception>
    public async Task<string> SendAsync(HttpRequestMessage request, CancellationToken cancellation, bool explain = false)
    {
        try
        {
            using var response = await (request.RequestUri!.IsLoopback ? _here : _outside).SendAsync(request, cancellation);
            var status = (int)response.StatusCode;
            var body = await response.Content.ReadAsStringAsync(cancellation);
            return response.IsSuccessStatusCode ? body
                : explain ? throw new NotificationException($"returned {status}: {Beginning(body)}")
                : throw new NotificationException(status is >= 300 and < 400 ? $"returned {status}, a redirect, which is not followed" : $"returned {status}");
        }
        catch (HttpRequestException e)
        {
            throw new NotificationException(Words(e), e);
        }
    }

    public void Dispose()
    {
        _outside.Dispose();
        _here.Dispose();
    }

    private static string Beginning(string body) =>
        new([.. body.Take(MaxShown).Select(character => char.IsControl(character) ? ' ' : character)]);

    // not the message: it may contain the address
    private static string Words(HttpRequestException e) => e.InnerException switch
    {
        SocketException socket => $"cannot be reached: {socket.SocketErrorCode}",
        AuthenticationException => "has a certificate that is not trusted",
        _ => $"cannot be reached or sends no valid response: {e.HttpRequestError}",
    };

    [SuppressMessage("Reliability", "CA2000", Justification = "The client disposes the handler.")]
    private static HttpClient Client(SocketsHttpHandler handler)
    {
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        handler.ConnectTimeout = ConnectTimeout;
        handler.MaxResponseHeadersLength = 16;
        handler.MaxConnectionsPerServer = 2;
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(2); // an address may change behind its name
        handler.ActivityHeadersPropagator = null;
        var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = MaxResponseBytes };
        client.DefaultRequestHeaders.Add("User-Agent", "slipway-gateway");
        return client;
    }
}
