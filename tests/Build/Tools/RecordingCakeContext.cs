using System.ComponentModel;
using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Core.Tooling;
using Path = System.IO.Path;

namespace Slipway.Build.Tests.Tools;

/// <summary>A Cake context whose processes are only written down, with the exit code and output that the test decides.</summary>
internal sealed class RecordingCakeContext : ICakeContext, IProcessRunner, IToolLocator
{
    private readonly Queue<RecordedProcess> _answers = new();

    public List<string> CommandLines { get; } = [];

    public List<string?> WorkingDirectories { get; } = [];

    public List<IDictionary<string, string>> EnvironmentVariables { get; } = [];

    /// <summary>False where no tool is installed.</summary>
    public bool HasTools { get; set; } = true;

    /// <summary>False where tools are installed but cannot be executed.</summary>
    public bool CanStart { get; set; } = true;

    /// <summary>True where tools are really to be started: they are looked for on the PATH.</summary>
    public bool HasRealTools { get; init; }

    private string _tool = "";

    public IFileSystem FileSystem { get; } = new FileSystem();

    public ICakeEnvironment Environment { get; } = new CakeEnvironment(new CakePlatform(), new CakeRuntime());

    public IProcessRunner ProcessRunner => this;

    public IToolLocator Tools => this;

    public ICakeLog Log { get; } = new NullLog();

    public IGlobber Globber => throw NotNeeded();

    public ICakeArguments Arguments => throw NotNeeded();

    public IRegistry Registry => throw NotNeeded();

    public ICakeDataResolver Data => throw NotNeeded();

    public ICakeConfiguration Configuration => throw NotNeeded();

    public Cake.Core.Tooling.IToolInstaller ToolInstaller => throw NotNeeded();

    public IServiceProvider ServiceProvider => throw NotNeeded();

    public void Answer(int exitCode, params string[] lines) => _answers.Enqueue(new RecordedProcess(exitCode, lines));

    public IProcess Start(FilePath filePath, ProcessSettings settings)
    {
        if (!CanStart)
            throw new Win32Exception(13, "Permission denied");
        CommandLines.Add($"{(_tool.Length > 0 ? _tool : filePath.GetFilenameWithoutExtension())} {settings.Arguments.Render()}");
        EnvironmentVariables.Add(settings.EnvironmentVariables ?? new Dictionary<string, string>());
        WorkingDirectories.Add(settings.WorkingDirectory?.FullPath);
        var process = _answers.TryDequeue(out var answer) ? answer : new RecordedProcess(0, []);
        foreach (var line in process.Lines)
            settings.RedirectedStandardOutputHandler?.Invoke(line);
        return process;
    }

    public void RegisterFile(FilePath path) => throw NotNeeded();

    // any file that exists will do: nothing is started
    public FilePath Resolve(string toolExeName) => throw NotNeeded();

    public FilePath? Resolve(IEnumerable<string> toolExeNames)
    {
        _tool = toolExeNames.First();
        return HasRealTools ? OnThePath(_tool) : HasTools ? new("/usr/bin/dotnet") : null;
    }

    private static FilePath? OnThePath(string tool) => System.Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, tool)).Where(File.Exists).Select(file => new FilePath(file)).FirstOrDefault();

    private static NotSupportedException NotNeeded() => new("no tool under test needs this");

    private sealed record RecordedProcess(int ExitCode, IReadOnlyList<string> Lines) : IProcess
    {
        public void WaitForExit()
        {
        }

        public bool WaitForExit(int milliseconds) => true;

        public int GetExitCode() => ExitCode;

        // tests define the output of a process, not its stream
        public IEnumerable<string> GetStandardError() => Lines;

        public IEnumerable<string> GetStandardOutput() => Lines;

        public void Kill()
        {
        }

        public void Dispose()
        {
        }
    }
}
