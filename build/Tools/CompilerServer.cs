using System.Diagnostics;

namespace Slipway.Build.Tools;

/// <summary>
/// One compiler for all projects of one build, which keeps compiler and analyzers warm from one to the next. It is this build's own and ends with
/// it, as MSBuild's nodes do: the one that the SDK shares stays for minutes, with whatever it inherited.
/// </summary>
/// <param name="folder">Where the build works: its <c>global.json</c> says which SDK that is.</param>
public sealed class CompilerServer(string folder) : IDisposable
{
    private static int _count;

    /// <summary>Of its pipe: no other build knows it.</summary>
    public string Name { get; } = $"slipway-{Environment.ProcessId}-{Interlocked.Increment(ref _count)}";

    /// <summary>Is there while the server runs.</summary>
    public string Pipe => OperatingSystem.IsWindows() ? $@"\\.\pipe\{Name}" : $"/tmp/{Name}";

    /// <summary>What a build is told, so that it uses this one.</summary>
    public IReadOnlyList<string> Arguments => ["-nodeReuse:false", "-p:UseSharedCompilation=true", $"-p:SharedCompilationId={Name}"];

    /// <summary>Ends it where it runs. Were the SDK not to be found any more, it would end by itself after ten minutes without work.</summary>
    public void Dispose()
    {
        if (!File.Exists(Pipe))
            return;
        var version = Asked("--version").Trim();
        if (FolderOf(version, Asked("--list-sdks")) is { } sdk)
            Asked(Path.Combine(sdk, "Roslyn", "bincore", "VBCSCompiler.dll"), $"-pipename:{Name}", "-shutdown");
    }

    /// <param name="version">Of one SDK.</param>
    /// <param name="installed">One a line: <c>10.0.100 [/usr/share/dotnet/sdk]</c>.</param>
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
