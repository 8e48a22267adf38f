using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Slipway.Gateway.Listening;

/// <summary>The number of sockets that listen on an address, from the kernel's table (Linux).</summary>
public static class ListeningSockets
{
    private const string Listening = "0A";

    public static int Count(IPEndPoint endPoint)
    {
        var table = endPoint.AddressFamily == AddressFamily.InterNetworkV6 ? "/proc/net/tcp6" : "/proc/net/tcp";
        return Count(File.Exists(table) ? File.ReadLines(table) : [], endPoint);
    }

    /// <param name="lines">In the format of <c>proc_net_tcp</c>: number, local address, remote address, state, ...</param>
    public static int Count(IEnumerable<string> lines, IPEndPoint endPoint)
    {
        var local = Format(endPoint);
        return lines.Count(line =>
            line.Split(' ', 5, StringSplitOptions.RemoveEmptyEntries) is { Length: 5 } columns && columns[1] == local && columns[3] == Listening);
    }

    /// <summary>Each 32-bit word of the address in this machine's byte order, in hexadecimal.</summary>
    private static string Format(IPEndPoint endPoint)
    {
        var bytes = endPoint.Address.GetAddressBytes();
        var words = Enumerable.Range(0, bytes.Length / 4).Select(i => BitConverter.ToUInt32(bytes, i * 4).ToString("X8", CultureInfo.InvariantCulture));
        return $"{string.Concat(words)}:{endPoint.Port:X4}";
    }
}
