using System.Diagnostics;

namespace Slipway.Workflows.Tests.Running;

/// <param name="Output">Both streams.</param>
internal sealed record ShellResult(int ExitCode, string Output, TimeSpan Took);

/// <summary>Runs a script as the runner does: <c>bash --noprofile --norc -eo pipefail</c>.</summary>
internal static class Shell
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(4);

    public static async Task<ShellResult> RunAsync(string script, string folder, IReadOnlyDictionary<string, string> variables)
    {
        var file = Path.Combine(folder, $"{Guid.NewGuid():n}.sh");
        await File.WriteAllTextAsync(file, script);
        var start = new ProcessStartInfo("bash", ["--noprofile", "--norc", "-eo", "pipefail", file])
        {
            WorkingDirectory = variables["GITHUB_WORKSPACE"],
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var inherited in start.Environment.Keys.Where(name => name.StartsWith("GITHUB_", StringComparison.Ordinal) || name.StartsWith("AWS_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(inherited);
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        var began = TimeProvider.System.GetTimestamp();
        using var process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(Timeout);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            var errors = await process.StandardError.ReadToEndAsync(deadline.Token);
            var said = await output + errors;
            await process.WaitForExitAsync(deadline.Token);
            return new(process.ExitCode, said, TimeProvider.System.GetElapsedTime(began));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new AssertionException($"'{script}' did not end within {Timeout}, or left its output open.");
        }
    }
}
