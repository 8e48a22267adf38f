using System.Runtime.InteropServices;

namespace Slipway.Aws.Tests.Fixtures;

internal static class PosixSignals
{
    private const int SigTerm = 15;

    /// <summary>Sends a process the signal to end.</summary>
    public static void Terminate(int process) => _ = Kill(process, SigTerm);

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
