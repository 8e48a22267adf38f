using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Slipway.Benchmarks.Load;

/// <summary>
/// Waits until a socket is readable, to the microsecond: <c>Socket.Select</c> rounds to milliseconds, and would not wait at all for a request that is due
/// sooner. The generator would take a whole core from the contestant.
/// </summary>
internal static class SocketWait
{
    private const short Readable = 1;

    /// <param name="sockets">Left in it are those that are readable, or broken.</param>
    public static void For(List<Socket> sockets, TimeSpan timeout)
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess)
        {
            Socket.Select(sockets, null, null, timeout);
            return;
        }

        var entries = sockets.ConvertAll(socket => new PollEntry { Descriptor = (int)socket.Handle, Wanted = Readable, Seen = 0 }).ToArray();
        var limit = new TimeSpec { Seconds = timeout.Ticks / TimeSpan.TicksPerSecond, Nanoseconds = timeout.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick };
        // an error leaves none in it, as the end of the time does
        _ = Poll(entries, (nuint)entries.Length, ref limit, signals: 0);
        for (var at = entries.Length - 1; at >= 0; at--)
            if (entries[at].Seen == 0)
                sockets.RemoveAt(at);
    }

    [DllImport("libc", EntryPoint = "ppoll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Poll([In, Out] PollEntry[] entries, nuint count, ref TimeSpec limit, nint signals);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        public int Descriptor;
        public short Wanted;
        public short Seen;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
