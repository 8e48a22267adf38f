using System.Diagnostics;
using System.Text;

namespace Slipway.EndToEnd.Tests;

/// <summary>Runs targets the way a person does, in an environment of the test's own.</summary>
internal sealed class BuildHost(string home)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    public static string Repository { get; } = FindRepository();

    /// <summary>
    /// Runs one target alone: the solution is built already, and these tests run from its output.
    /// </summary>
    public async Task<HostRun> Run(string target, params string[] arguments)
    {
        using var process = Start(target, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var deadline = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
            var run = new HostRun(target, process.ExitCode, await output.WaitAsync(deadline.Token), await errors);
            TestContext.Out.WriteLine($"{target} ended with {run.ExitCode}\n{run.Output}{run.Errors}");
            return run;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new AssertionException($"{target} {string.Join(' ', arguments)} did not end within {Patience}, or left its output open.");
        }
    }

    /// <summary>Starts a target that ends when it is told to.</summary>
    public RunningTarget Begin(string target, params string[] arguments) => new(Start(target, arguments));

    private Process Start(string target, string[] arguments)
    {
        Assert.That(Assembly, Does.Exist, "These tests run what was built: ./build.sh --target=Build first.");
        var start = new ProcessStartInfo("dotnet", [Assembly, $"--target={target}", "--exclusive", .. arguments])
        {
            WorkingDirectory = Repository,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment["SLIPWAY_HOME"] = home;
        start.Environment["CI"] = "true";
        return Process.Start(start)!;
    }

    public static string Assembly { get; } = Path.Combine(Repository, "build", "bin", Configuration, "net10.0", "Slipway.Build.dll");

    public const string Configuration = "Release";

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Slipway.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("These tests run inside the repository only.");
    }
}

internal sealed record HostRun(string Target, int ExitCode, string Output, string Errors)
{
    public string All => Output + Errors;

    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
