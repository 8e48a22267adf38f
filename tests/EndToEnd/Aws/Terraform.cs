using System.ComponentModel;
using System.Diagnostics;

namespace Slipway.EndToEnd.Tests.Aws;

/// <summary>Terraform commands for which there is no target.</summary>
internal static class Terraform
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(4);

    /// <summary>Ignores the test where it is not installed.</summary>
    public static void RequireIt()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("terraform", ["version"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.WaitForExit();
            if (process.ExitCode == 0)
                return;
        }
        catch (Win32Exception)
        {
            // not here, or of another machine
        }

        Assert.Ignore("Terraform is missing, or does not run. Get 1.11 or newer from https://developer.hashicorp.com/terraform/install");
    }

    /// <summary>Takes an environment away, as docs/operations.md says.</summary>
    public static async Task DestroyAsync(EmulatedSystem system)
    {
        await RemovePackagesAsync(system);
        var start = new ProcessStartInfo("terraform",
        [
            $"-chdir={Path.Combine(system.Root, "infra", "emulated")}", "destroy", "-auto-approve", "-input=false", "-no-color", "-parallelism=20",
            $"-var=package={system.Package}",
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in system.Variables)
            start.Environment[name] = value;
        start.Environment["AWS_ENDPOINT_URL"] = system.Endpoint;
        // as docs/operations.md has it
        start.Environment["no_proxy"] = "127.0.0.1";
        start.Environment["AWS_REGION"] = "us-east-1";
        start.Environment["TF_DATA_DIR"] = Path.Combine(system.Home, "emulated", "terraform");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var deadline = new CancellationTokenSource(Timeout);
        await process.WaitForExitAsync(deadline.Token);

        Assert.That(process.ExitCode, Is.Zero, $"{await output}{await errors}\n{system.EmulatorsLastWords}");
        Assert.That(await output, Does.Contain("Destroy complete!"));
    }

    // SageMaker keeps a group that has packages, and Terraform has no word for "even so"
    private static async Task RemovePackagesAsync(EmulatedSystem system)
    {
        var command = (await File.ReadAllLinesAsync(Path.Combine(BuildHost.Repository, "docs", "operations.md"))).Single(line => line.Contains("delete-model-package ", StringComparison.Ordinal));
        var start = new ProcessStartInfo("/bin/bash", ["-euo", "pipefail", "-c", command.Replace("<name>", "emulated", StringComparison.Ordinal)]) { RedirectStandardError = true };
        foreach (var (name, value) in system.Variables)
            start.Environment[name] = value;
        start.Environment["AWS_ENDPOINT_URL"] = system.Endpoint;
        // as docs/operations.md has it
        start.Environment["no_proxy"] = "127.0.0.1";
        start.Environment["AWS_DEFAULT_REGION"] = "us-east-1";
        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync();
        using var deadline = new CancellationTokenSource(Timeout);
        await process.WaitForExitAsync(deadline.Token);
        Assert.That(process.ExitCode, Is.Zero, $"{command}\n{errors}");
    }
}
