using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Slipway.Registry;

namespace Slipway.Build.Environments.Fleets;

/// <summary>Chooses the ports that the gateway listens on.</summary>
public static class Ports
{
    /// <summary>Below those that systems give to outgoing connections (Linux: from 32768), which might hold the port of a gateway when it comes back.</summary>
    public const int Lowest = 20_000;

    public const int Highest = 29_999;

    private const int Attempts = 100;

    /// <summary>The requested port, or any free one for 0.</summary>
    /// <exception cref="SlipwayException">Another program uses it.</exception>
    public static int Required(int port)
    {
        if (port == 0)
            return Free();
        return IsFree(port)
            ? port
            : throw new SlipwayException(
                $"Port {port.ToString(CultureInfo.InvariantCulture)} is in use by another program, so the gateway cannot listen there. " +
                "Pass another with --port=<port>, or --port=0 for any free one.");
    }

    /// <summary>The port that was used last, so that URLs do not change; otherwise the one in the settings; otherwise, if those are taken, a free one.</summary>
    public static int Preferred(int? last, int setting)
    {
        if (last is { } port && IsFree(port))
            return port;
        return setting != 0 && IsFree(setting) ? setting : Free();
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

    /// <summary>A port that is free at this moment.</summary>
    public static int Free()
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
            if (RandomNumberGenerator.GetInt32(Lowest, Highest + 1) is var port && IsFree(port))
                return port;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
