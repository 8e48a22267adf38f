using System.Diagnostics.CodeAnalysis;

namespace Slipway.Registry;

/// <summary>
/// HTTP clients for our own addresses: processes of this machine, and what a machine tells about itself. .NET sends even loopback through
/// the proxy that <c>http_proxy</c> names, unless <c>no_proxy</c> says otherwise, and no proxy reaches these. Calls to the world outside are for
/// an <see cref="HttpClient"/> with a handler of its own.
/// </summary>
public static class DirectHttpClient
{
    [SuppressMessage("Reliability", "CA2000", Justification = "The client that gets the handler disposes of it.")]
    public static HttpClient Create(TimeSpan timeout) => new(Handler()) { Timeout = timeout };

    /// <summary>The same for who sets more about it.</summary>
    public static SocketsHttpHandler Handler() => new() { UseProxy = false };
}
