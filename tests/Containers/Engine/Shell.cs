using System.ComponentModel;
using System.Diagnostics;

namespace Slipway.Containers.Tests.Engine;

/// <summary>Runs a program of this machine to its end.</summary>
internal static class Shell
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    // the shell's exit code for a program that cannot be started
    private const int NotFound = 127;

    public static async Task<(int ExitCode, string Output, string Error)> TryAsync(string program, params string[] arguments)
    {
        Process process;
        try
        {
            process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (Win32Exception e)
        {
            return (NotFound, "", e.Message);
        }

        using var ended = process;
        using var late = new CancellationTokenSource(Timeout, TimeProvider.System);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(late.Token), process.StandardError.ReadToEndAsync(late.Token));
        await process.WaitForExitAsync(late.Token);
        return (process.ExitCode, await output, await error);
    }

    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var (code, output, error) = await TryAsync(program, arguments);
        return code == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {code}: {error}{output}");
    }
}
