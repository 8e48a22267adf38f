using System.Diagnostics;

namespace Slipway.Build.Tools;

/// <summary>
/// One compiler server for all projects of a build, which keeps compiler and analyzers warm. It belongs to this build and ends with
/// it, like MSBuild's nodes: the SDK's shared one stays for minutes, with whatever it inherited.
/// </summary>
/// <param name="folder">The working folder of the build, whose <c>global.json</c> selects the SDK.</param>
public sealed class CompilerServer(string folder) : IDisposable
{
    private static int _count;

    /// <summary>The name of its pipe, which is unique to this build.</summary>
    public string Name { get; } = $"slipway-{Environment.ProcessId}-{Interlocked.Increment(ref _count)}";

    /// <summary>Exists while the server is running.</summary>
    public string Pipe => OperatingSystem.IsWindows() ? $@"\\.\pipe\{Name}" : $"/tmp/{Name}";

    /// <summary>The arguments that make a build use this server.</summary>
    public IReadOnlyList<string> Arguments => ["-nodeReuse:false", "-p:UseSharedCompilation=true", $"-p:SharedCompilationId={Name}"];

    /// <summary>Stops it if it is running. Without the SDK, it would exit automatically after ten idle minutes.</summary>
    public void Dispose()
    {
        if (!File.Exists(Pipe))
            return;
        var version = Asked("--version").Trim();
        if (FolderOf(version, Asked("--list-sdks")) is { } sdk)
            Asked(Path.Combine(sdk, "Roslyn", "bincore", "VBCSCompiler.dll"), $"-pipename:{Name}", "-shutdown");
    }

    /// <param name="version">The version of an SDK.</param>
    /// <param name="installed">One per line: <c>10.0.100 [/usr/share/dotnet/sdk]</c>.</param>
    public static string? FolderOf(string version, string installed) => installed.Split('\n')
        .Select(line => line.TrimEnd().Split(" [", 2))
        .Where(parts => parts.Length == 2 && parts[0] == version)
        .Select(parts => Path.Combine(parts[1][..^1], version))
        .FirstOrDefault();

    private string Asked(params string[] words)
    {
        var start = new ProcessStartInfo("dotnet", words) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return said;
    }
}
