using System.Diagnostics;

namespace Slipway.Aws.Tests.Fixtures;

/// <summary>The program StoreProcess, with the AWS settings of a test and none of this machine's. The SDK reads them once per process.</summary>
internal static class AwsProcess
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    public static async Task<(int ExitCode, string Output)> RunAsync(IReadOnlyDictionary<string, string> settings, params string[] arguments)
    {
        var program = Path.Combine(TestContext.CurrentContext.TestDirectory, "Slipway.Registry.StoreProcess.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true };
        foreach (var variable in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(variable);
        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        start.Environment["AWS_CONFIG_FILE"] = start.Environment["AWS_SHARED_CREDENTIALS_FILE"] = "/nowhere/aws";
        foreach (var (name, value) in settings)
            start.Environment[name] = value;

        using var limit = new CancellationTokenSource(Timeout, TimeProvider.System);
        using var process = Process.Start(start)!;
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, output);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }
}
