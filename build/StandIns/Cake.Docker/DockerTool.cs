using Cake.Core;
using Cake.Core.IO;
using Cake.Core.Tooling;

namespace Cake.Docker;

/// <summary>The docker client, found on the PATH or where Docker Toolbox puts it.</summary>
public abstract class DockerTool<TSettings> : Tool<TSettings>
    where TSettings : ToolSettings
{
    private readonly IFileSystem _fileSystem;
    private readonly ICakeEnvironment _environment;

    protected DockerTool(IFileSystem fileSystem, ICakeEnvironment environment, IProcessRunner processRunner, IToolLocator tools)
        : base(fileSystem, environment, processRunner, tools)
    {
        _fileSystem = fileSystem;
        _environment = environment;
    }

    protected override string GetToolName() => "Docker";

    // WSL finds both; its own comes first
    protected override IEnumerable<string> GetToolExecutableNames() =>
        _environment.Platform.IsUnix() ? ["docker", "docker.exe"] : ["docker.exe", "docker"];

    protected override IEnumerable<FilePath> GetAlternativeToolPaths(TSettings settings)
    {
        if (_environment.Platform.IsUnix())
            return [];
        var toolbox = _environment.GetSpecialPath(SpecialPath.ProgramFiles).Combine("Docker Toolbox").CombineWithFilePath("docker.exe");
        return _fileSystem.GetFile(toolbox).Exists ? [toolbox] : [];
    }
}
