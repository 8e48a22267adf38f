using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Slipway.Gateway.Options;
using Slipway.Registry;

namespace Slipway.Gateway.Listening;

/// <summary>The public and the private port.</summary>
public static class Listeners
{
    public static void Configure(KestrelServerOptions kestrel, GatewayOptions options)
    {
        // as for requests: headers are forwarded unchanged, whatever their encoding
        kestrel.ResponseHeaderEncodingSelector = static _ => Encoding.Latin1;
        // one more than the limit: the gateway itself responds with 413 and a message, and Kestrel limits bodies of unknown length
        kestrel.Limits.MaxRequestBodySize = options.MaxBodyBytes + 1;
        // buffers of requests that are not read yet; bodies are counted in MemoryBudget
        kestrel.Limits.MaxRequestBufferSize = 128 << 10;
        kestrel.Listen(EndPointOf(options.Url), listener =>
        {
            listener.Protocols = HttpProtocols.Http1;
            kestrel.ApplicationServices.GetRequiredService<ConnectionLimit>().Count(listener);
        });
        kestrel.Listen(EndPointOf(options.PrivateUrl), listener =>
        {
            listener.Protocols = HttpProtocols.Http1;
            PrivateConnection.MarkAll(listener);
        });
    }

    public static void Configure(SocketTransportOptions sockets, GatewayOptions options) =>
        sockets.CreateBoundListenSocket = endPoint => Bind((IPEndPoint)endPoint, options);

    public static IPEndPoint EndPointOf(Uri url) =>
        new(url.Host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(url.Host.Trim('[', ']')), url.Port);

    private static Socket Bind(IPEndPoint endPoint, GatewayOptions options)
    {
        try
        {
            return options.TakeOver && OperatingSystem.IsLinux()
                ? PortTakeOver.Bind(endPoint)
                : SocketTransportOptions.CreateDefaultBoundListenSocket(endPoint);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            var setting = endPoint.Equals(EndPointOf(options.PrivateUrl)) ? nameof(GatewayOptions.PrivateUrl) : nameof(GatewayOptions.Url);
            var trouble = e.SocketErrorCode == SocketError.AccessDenied ? "cannot be opened by this user" : "is in use";
            throw new SlipwayException($"Port {endPoint.Port} {trouble}; choose another port with --{setting}=http://{endPoint.Address}:<port>, or stop the process that uses it.", e);
        }
    }
}
