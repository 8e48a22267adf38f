using System.Diagnostics.CodeAnalysis;

namespace Slipway.Registry;

/// <summary>
/// HTTP clients for our own addresses: processes on this machine, and metadata endpoints of a machine. .NET sends even loopback requests through
/// the proxy in <c>http_proxy</c>, unless <c>no_proxy</c> says otherwise, and no proxy can reach these addresses. Calls to the outside need
/// an <see cref="HttpClient"/> with its own handler.
/// </summary>
public static class DirectHttpClient
{
    [SuppressMessage("Reliability", "CA2000", Justification = "The client disposes the handler.")]
    public static HttpClient Create(TimeSpan timeout) => new(Handler()) { Timeout = timeout };

    /// <summary>The same for callers that configure the handler further.</summary>
    public static SocketsHttpHandler Handler() => new() { UseProxy = false };
}
