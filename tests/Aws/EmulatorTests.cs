using System.ComponentModel;
using System.Diagnostics;
using Slipway.Aws.Tests.Fixtures;

namespace Slipway.Aws.Tests;

/// <summary>The emulator's own tests, which are in its own language.</summary>
public sealed class EmulatorTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(4);

    private const string InstallHint = "The emulator does not run here. It needs Python 3.11 or later, and: pip install 'moto[server]'";

    // a Python or a moto that cannot work is one that is missing; whatever its tests say after this is about the emulator
    private const string Probe = "import sys; assert sys.version_info >= (3, 11), f'This is Python {sys.version}.'; import moto.server";

    [Test]
    public async Task ItsOwnTestsPass()
    {
        var (worked, problem) = await RunAsync("-c", Probe);
        if (worked != 0)
            Assert.Ignore($"{InstallHint}\n{problem}");

        var (exitCode, said) = await RunAsync("-m", "unittest");

        Assert.That(exitCode, Is.Zero, said);
        Assert.That(said, Does.Match(@"Ran \d\d+ tests"));
    }

    private static async Task<(int ExitCode, string Said)> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var deadline = new CancellationTokenSource(Timeout, TimeProvider.System);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new AssertionException($"python3 {string.Join(' ', arguments)} did not end within {Timeout}:\n{await errors}");
        }

        return (process.ExitCode, await output + await errors);
    }

    private static Process Start(string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("python3", arguments)
            {
                WorkingDirectory = EmulatorFolder.Path,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["SLIPWAY_TEST_TRAINER"] = Path.Combine(AppContext.BaseDirectory, "Slipway.Trainer.dll") },
            })!;
        }
        catch (Win32Exception e)
        {
            Assert.Ignore($"{InstallHint}\n{e.Message}");
            throw;
        }
    }
}
