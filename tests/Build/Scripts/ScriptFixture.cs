using System.Diagnostics;

namespace Slipway.Build.Tests.Scripts;

internal sealed record ScriptResult(int ExitCode, string Output, string Error);

/// <summary>
/// build.sh in a separate repository whose path contains a blank, with a dotnet that only records how it was
/// called and does what the test says.
/// </summary>
internal sealed class ScriptFixture : IDisposable
{
    private const string FakeDotnet = """
        #!/usr/bin/env bash
        printf '%s\n' "$*" >> "$FAKE_LOG"
        case "$*" in
          *Probe.proj*) eval "$FAKE_PROBE" ;;
          *Build.csproj*) eval "$FAKE_BUILD" ;;
          *Slipway.Build.dll*) eval "$FAKE_HOST" ;;
          --version) eval "$FAKE_VERSION" ;;
          --list-sdks) echo '8.0.100 [/usr/share/dotnet/sdk]' ;;
          *-shutdown*) rm -f "/tmp/${2#*:}" "${FAKE_SERVER:-}" ;;
        esac
        """;

    // what build.sh uses in addition to bash: a PATH with only these has no dotnet
    private static readonly string[] Commands =
        ["bash", "cat", "cut", "dirname", "env", "find", "flock", "grep", "mkdir", "paste", "rm", "sed", "sha256sum", "sort", "xargs"];

    private static readonly string[] Files =
    [
        "build.sh", "global.json", ".editorconfig", "BannedSymbols.txt", "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props",
        "build/Build.csproj", "build/Program.cs", "build/StandIns/StandIns.props", "training/Registry/Registry.csproj", "training/PredictionLogs/PredictionLogs.csproj", "training/Reporting/Reporting.csproj", "training/Automation/Automation.csproj", "training/Answers/Answers.csproj",
    ];

    private readonly DirectoryInfo _temp = Directory.CreateTempSubdirectory("slipway-script-");

    /// <param name="name">Of the folder that the repository is in.</param>
    public ScriptFixture(string name = "a repository")
    {
        Root = Path.Combine(_temp.FullName, name);
        foreach (var file in Files)
        {
            var target = Path.Combine(Root, file);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(Repository.Root, file), target);
        }

        Directory.CreateDirectory(Tools);
        Directory.CreateDirectory(Temporary);
        foreach (var command in Commands)
            File.CreateSymbolicLink(Path.Combine(Tools, command), Find(command));
        File.WriteAllText(Dotnet, FakeDotnet);
        MakeExecutable(Dotnet);
    }

    public string Root { get; }

    /// <summary>By default, the probe returns the key that it was called with.</summary>
    public string Probe { get; set; } = """mkdir -p obj; echo "${*##*Key=}" > "$FAKE_ROOT/obj/standins.props" """;

    /// <summary>By default it leaves the program that is started then.</summary>
    public string Build { get; set; } = """mkdir -p "$FAKE_ROOT/build/bin/Debug/net10.0"; : > "$FAKE_ROOT/build/bin/Debug/net10.0/Slipway.Build.dll" """;

    public string Host { get; set; } = ":";

    public string Version { get; set; } = "echo 10.0.401";

    public Dictionary<string, string> Environment { get; } = [];

    public string LockFile => Path.Combine(Root, "obj", "build.lock");

    private string Tools => Path.Combine(_temp.FullName, "bin");

    private string Dotnet => Path.Combine(Tools, "dotnet");

    private string Log => Path.Combine(_temp.FullName, "calls");

    /// <summary>How dotnet was called, paths without the root.</summary>
    public IReadOnlyList<string> Calls => File.Exists(Log) ? [.. File.ReadAllLines(Log).Select(line => line.Replace(Root + "/", "", StringComparison.Ordinal))] : [];

    public int Builds => Calls.Count(call => call.StartsWith("build build/Build.csproj", StringComparison.Ordinal));

    public string Temporary => Path.Combine(_temp.FullName, "temporary");

    /// <summary>Puts a file into the repository, or other words into one that is there.</summary>
    public void Write(string file, string text)
    {
        var path = Path.Combine(Root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public void RemoveDotnet() => File.Delete(Dotnet);

    public ScriptResult Run(params string[] args)
    {
        var start = new ProcessStartInfo(Path.Combine(Root, "build.sh"), args)
        {
            WorkingDirectory = Path.GetTempPath(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
        start.Environment["PATH"] = Tools;

        start.Environment["FAKE_ROOT"] = Root;
        start.Environment["FAKE_LOG"] = Log;
        start.Environment["FAKE_PROBE"] = Probe;
        start.Environment["FAKE_BUILD"] = Build;
        start.Environment["FAKE_HOST"] = Host;
        start.Environment["FAKE_VERSION"] = Version;
        return Processes.Run(start);
    }

    public void Dispose() => TestFolder.Remove(_temp);

    private static string Find(string command) =>
        new[] { "/usr/bin", "/bin", "/usr/local/bin" }.Select(folder => Path.Combine(folder, command)).First(File.Exists);

    private static void MakeExecutable(string path)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}

internal static class Processes
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    /// <summary>Runs a process to its end and fails the test when that does not come.</summary>
    public static ScriptResult Run(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Timeout))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{start.FileName} did not end within {Timeout}");
        }

        return new ScriptResult(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }
}
