using System.Diagnostics;
using System.Text;

namespace Slipway.EndToEnd.Tests;

/// <summary>Runs targets the way a person does, in an environment of the test's own.</summary>
/// <param name="root">Another checkout that holds the built host; null for the one of these tests.</param>
/// <param name="variables">Environment variables that a person has exported before.</param>
internal sealed class BuildHost(string home, string? root = null, IReadOnlyDictionary<string, string>? variables = null)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(6);

    public static string Repository { get; } = FindRepository();

    /// <summary>A proxy as on a company's machine, except that nothing listens there: none of our requests may use it.</summary>
    public static IReadOnlyDictionary<string, string> BehindAProxy { get; } = new Dictionary<string, string>
    {
        ["http_proxy"] = "http://127.0.0.1:9",
        ["no_proxy"] = "",
        ["NO_PROXY"] = "",
    };

    /// <summary>
    /// Runs one target alone: the solution is built already, and these tests run from its output.
    /// </summary>
    public async Task<HostRun> Run(string target, params string[] arguments)
    {
        using var process = Start(target, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var deadline = new CancellationTokenSource(Timeout);
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
            throw new AssertionException($"{target} {string.Join(' ', arguments)} did not end within {Timeout}, or left its output open.");
        }
    }

    /// <summary>Starts a target that runs until it is stopped.</summary>
    public RunningTarget Begin(string target, params string[] arguments) => new(Start(target, arguments));

    /// <summary>The same, for tests that watch or stop it.</summary>
    public Process Start(string target, params string[] arguments)
    {
        Assert.That(Assembly, Does.Exist, "These tests run the build output. Run ./build.sh --target=Build first.");
        var repository = root ?? Repository;
        var start = new ProcessStartInfo("dotnet", [AssemblyIn(repository), $"--target={target}", "--exclusive", .. arguments])
        {
            WorkingDirectory = repository,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment["SLIPWAY_HOME"] = home;
        start.Environment["CI"] = "true";
        foreach (var (name, value) in variables ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Where a checkout has the host, once it is built.</summary>
    public static string AssemblyIn(string repository, string configuration = Configuration) =>
        Path.Combine(repository, "build", "bin", configuration, "net10.0", "Slipway.Build.dll");

    public static string Assembly { get; } = AssemblyIn(Repository);

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
