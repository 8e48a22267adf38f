using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Slipway.Gateway.Listening;

/// <summary>
/// Opens a port that an older gateway still has open (SO_REUSEPORT, Linux). The kernel would distribute new connections over both,
/// and resets the connections in a listener's queue when it closes. Therefore the new gateway attaches a filter that directs every new
/// connection to itself; the older one can then empty its queue and stop without losing a connection.
/// </summary>
public static class PortTakeOver
{
    private const int SolSocket = 1;
    private const int SoReusePort = 15;
    private const int SoAttachReusePortCbpf = 51;
    private const int Backlog = 512;

    public static Socket Bind(IPEndPoint endPoint, bool steer = true)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (endPoint.Address.Equals(IPAddress.IPv6Any))
                socket.DualMode = true;
            socket.SetRawSocketOption(SolSocket, SoReusePort, One);
            socket.Bind(endPoint);
            // the socket joins the group when it listens; the server's own call later has no effect
            socket.Listen(Backlog);
            if (steer)
                SteerToNewest(socket);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>
    /// The filter returns an index into the group, which is in order of arrival: 0 is the older listener, 1 the new one.
    /// When the older one closes, the new one moves to 0, the index 1 becomes invalid, and the kernel falls back to its own
    /// choice among the remaining listeners: the new one. The filter stays attached to the group, so the next new listener gets every
    /// connection from the moment it listens. This would be wrong for more than two listeners; <see cref="TakeOverGuard"/> prevents that.
    /// </summary>
    private static void SteerToNewest(Socket socket)
    {
        // struct sock_filter { u16 code = BPF_RET | BPF_K; u8 jt; u8 jf; u32 k = 1 }
        byte[] program = [0x06, 0, 0, 0, 1, 0, 0, 0];
        var pinned = GCHandle.Alloc(program, GCHandleType.Pinned);
        try
        {
            // struct sock_fprog { u16 length; padding; sock_filter* }
            Span<byte> option = stackalloc byte[16];
            option.Clear();
            BinaryPrimitives.WriteUInt16LittleEndian(option, 1);
            BinaryPrimitives.WriteInt64LittleEndian(option[8..], pinned.AddrOfPinnedObject());
            socket.SetRawSocketOption(SolSocket, SoAttachReusePortCbpf, option);
        }
        catch (SocketException)
        {
            // A sandbox may reject filters. The kernel then distributes connections over both listeners; the older one still serves
            // those that it accepts, and only connections that arrive at the moment when it closes can be lost.
        }
        finally
        {
            pinned.Free();
        }
    }

    private static ReadOnlySpan<byte> One => [1, 0, 0, 0];
}
