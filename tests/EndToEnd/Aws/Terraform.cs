using System.ComponentModel;
using System.Diagnostics;

namespace Slipway.EndToEnd.Tests;

/// <summary>Terraform, where the targets have no word for what a test wants of it.</summary>
internal static class Terraform
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <summary>Ignores the test where it is not installed.</summary>
    public static void RequireIt()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("terraform", ["version"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.WaitForExit();
        }
        catch (Win32Exception)
        {
            Assert.Ignore("Terraform is missing. Get it from https://developer.hashicorp.com/terraform/install");
        }
    }

    public static async Task DestroyAsync(EmulatedSystem system)
    {
        var start = new ProcessStartInfo("terraform",
        [
            $"-chdir={Path.Combine(BuildHost.Repository, "infra", "environments", "emulated")}", "destroy", "-auto-approve", "-input=false", "-no-color", "-parallelism=20",
            $"-var=package={Path.Combine(BuildHost.Repository, "artifacts", "lambda", "automation.zip")}",
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in system.Variables)
            start.Environment[name] = value;
        start.Environment["AWS_ENDPOINT_URL"] = system.Endpoint;
        start.Environment["AWS_REGION"] = "us-east-1";
        start.Environment["TF_DATA_DIR"] = Path.Combine(system.Home, "emulated", "terraform");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var deadline = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(deadline.Token);

        Assert.That(process.ExitCode, Is.Zero, $"{await output}{await errors}");
        Assert.That(await output, Does.Contain("Destroy complete!"));
    }
}
