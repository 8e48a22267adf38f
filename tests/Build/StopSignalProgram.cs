using System.Runtime.InteropServices;
using Slipway.Build.Environments;

namespace Slipway.Build.Tests;

/// <summary>A process that waits for a signal to stop it, whatever signal handling it inherited.</summary>
internal static class StopSignalProgram
{
    public const string Waiting = "waiting";
    public const string Stopped = "stopped";

    private static async Task Main()
    {
        // a shell makes what runs in its background ignore Ctrl+C, nohup makes it ignore the end of its terminal, and children inherit that
        foreach (var signal in new[] { 1, 2, 15 })
            _ = SetHandler(signal, IntPtr.Zero);
        using var stop = new StopSignal();
        var stopped = new TaskCompletionSource();
        await using var registration = stop.Token.Register(stopped.SetResult);
        Console.WriteLine(Waiting);
        await stopped.Task;
        Console.WriteLine(Stopped);
    }

    [DllImport("libc", EntryPoint = "signal")]
    private static extern IntPtr SetHandler(int signal, IntPtr handler);
}
