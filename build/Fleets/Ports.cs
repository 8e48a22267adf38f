using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Slipway.Registry;

namespace Slipway.Build;

/// <summary>Chooses the ports that the gateway listens on.</summary>
public static class Ports
{
    /// <summary>
    /// The configured port, or the one used last, or a free one. A configured port that somebody else holds is an error;
    /// one that was only remembered is given up for another.
    /// </summary>
    /// <param name="configured">0 for "any free one".</param>
    /// <param name="what">For the message, such as <c>gateway</c>.</param>
    /// <param name="argument">The argument that changes it.</param>
    public static int Choose(int configured, int? remembered, string what, string argument)
    {
        if (configured != 0)
            return IsFree(configured)
                ? configured
                : throw new SlipwayException(
                    $"Port {configured.ToString(CultureInfo.InvariantCulture)} for the {what} is in use by another program. " +
                    $"Pass {argument}=<port> for another port, or {argument}=0 for any free one.");
        return remembered is { } last && IsFree(last) ? last : Free();
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
