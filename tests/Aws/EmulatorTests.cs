using System.ComponentModel;
using System.Diagnostics;

namespace Slipway.Aws.Tests;

/// <summary>The emulator's own tests, which are in its own language.</summary>
public sealed class EmulatorTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    [Test]
    public async Task ItsOwnTestsPass()
    {
        using var process = Start();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var deadline = new CancellationTokenSource(Patience, TimeProvider.System);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new AssertionException($"They did not end within {Patience}:\n{await errors}");
        }

        var said = await output + await errors;
        if (said.Contains("pip install", StringComparison.Ordinal) || said.Contains("No module named 'moto'", StringComparison.Ordinal))
            Assert.Ignore("moto is not here: pip install 'moto[server]'");
        Assert.That(process.ExitCode, Is.Zero, said);
        Assert.That(said, Does.Match(@"Ran \d\d+ tests"));
    }

    private static Process Start()
    {
        try
        {
            return Process.Start(new ProcessStartInfo("python3", ["-m", "unittest"])
            {
                WorkingDirectory = Folder(),
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["SLIPWAY_TEST_TRAINER"] = Path.Combine(AppContext.BaseDirectory, "Slipway.Trainer.dll") },
            })!;
        }
        catch (Win32Exception)
        {
            Assert.Ignore("Python is not here. The emulator needs 3.11 or later, and pip install 'moto[server]'");
            throw;
        }
    }

    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Slipway.slnx")))
            folder = folder.Parent;
        return Path.Combine(folder?.FullName ?? throw new InvalidOperationException("These tests run inside the repository only."), "tests", "Aws", "Emulator");
    }
}
