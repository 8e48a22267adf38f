using System.Diagnostics;
using System.Globalization;

namespace Slipway.Registry.Tests.Storage;

/// <summary>The program of that name, as a separate process.</summary>
public sealed class StoreProcess : IDisposable
{
    private readonly Process _process;

    private StoreProcess(Process process) => _process = process;

    public static string Assembly => Path.Combine(TestContext.CurrentContext.TestDirectory, "Slipway.Registry.StoreProcess.dll");

    public static StoreProcess Start(params string[] arguments) =>
        new(Process.Start(new ProcessStartInfo("dotnet", [Assembly, .. arguments]) { RedirectStandardOutput = true })!);

    public static async Task<bool> MayMountAsync()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("unshare", ["--map-root-user", "--mount", "true"]) { RedirectStandardError = true })!;
            await process.WaitForExitAsync();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // no such program
        }
    }

    /// <summary>Waits until it has done one thing more. Null when it has ended.</summary>
    public async Task<int?> NextAsync() =>
        await _process.StandardOutput.ReadLineAsync() is { } line ? int.Parse(line, CultureInfo.InvariantCulture) : null;

    public async Task<int> FinishAsync()
    {
        await _process.StandardOutput.ReadToEndAsync();
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <summary>kill -9</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
